/* Text and names as XML and HTML take them. */
#ifndef MN_DIAGRAM_XML_H
#define MN_DIAGRAM_XML_H

#include "base/buf.h"

/* Adds text for an element or a quoted attribute: nothing in it is read as markup, and what neither
 * XML nor HTML may hold becomes U+FFFD. */
void mn__xml_text(struct mn_buf *out, const char *s);

/* Adds a name that is an XML id and a CSS selector without escapes. Different names stay different:
 * letters, digits and "-" are kept, "/" is "__", any other byte is "_" and two hexadecimal digits.
 * The name must begin with a letter. */
void mn__xml_id(struct mn_buf *out, const char *name);

/* Adds the name of a file as a relative address (RFC 3986): all but unreserved characters are
 * percent-encoded, so that no name becomes a scheme, a folder or a query. */
void mn__xml_address(struct mn_buf *out, const char *name);

#endif
