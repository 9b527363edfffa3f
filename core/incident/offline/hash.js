// SHA-256 (FIPS 180-4) of a text's UTF-8, as 64 digits.
var sha256 = (function () {
    var K = [], start = [], prime = 2, found = 0, d;
    function part(x) {
        return ((x - Math.floor(x)) * 4294967296) | 0;
    }
    while (found < 64) {
        for (d = 2; d * d <= prime && prime % d; d++) {}
        if (d * d > prime) {
            if (found < 8)
                start.push(part(Math.sqrt(prime)));
            K.push(part(Math.pow(prime, 1 / 3)));
            found++;
        }
        prime++;
    }
    function turned(x, n) {
        return (x >>> n) | (x << (32 - n));
    }
    function mix(h, w) {
        var s = h.slice(), i, a, b;
        for (i = 0; i < 64; i++) {
            if (i >= 16) {
                a = turned(w[i - 15], 7) ^ turned(w[i - 15], 18) ^ (w[i - 15] >>> 3);
                b = turned(w[i - 2], 17) ^ turned(w[i - 2], 19) ^ (w[i - 2] >>> 10);
                w[i] = (w[i - 16] + a + w[i - 7] + b) | 0;
            }
            a = s[7] + (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)) +
                ((s[4] & s[5]) ^ (~s[4] & s[6])) + K[i] + w[i];
            b = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)) +
                ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
            s = [(a + b) | 0, s[0], s[1], s[2], (s[3] + a) | 0, s[4], s[5], s[6]];
        }
        for (i = 0; i < 8; i++)
            h[i] = (h[i] + s[i]) | 0;
    }
    return function (text) {
        var bytes = unescape(encodeURIComponent(text)), n = bytes.length;
        var words = new Array(((n + 8 >> 6) + 1) * 16), h = start.slice(), i, hex = '';
        for (i = 0; i < words.length; i++)
            words[i] = 0;
        for (i = 0; i < n; i++)
            words[i >> 2] |= bytes.charCodeAt(i) << (24 - i % 4 * 8);
        words[n >> 2] |= 128 << (24 - n % 4 * 8);
        words[words.length - 2] = Math.floor(n / 536870912);
        words[words.length - 1] = n << 3;
        for (i = 0; i < words.length; i += 16)
            mix(h, words.slice(i, i + 16));
        for (i = 0; i < 8; i++)
            hex += ('0000000' + (h[i] >>> 0).toString(16)).slice(-8);
        return hex;
    };
}());

