using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace OnnxChat.BotHost.Page;

/// <summary>One file of the page, in memory, in each encoding that browsers take. Compressed when first asked for, and once.</summary>
internal sealed class PageFile
{
    // Below this, a compressed answer is hardly smaller.
    private const int MinCompressed = 1_024;

    private readonly byte[] _content;
    private readonly string _tag;
    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    public PageFile(byte[] content, string contentType)
    {
        _content = content;
        ContentType = contentType;
        _tag = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12));
        _brotli = new(() => Compress(output => new BrotliStream(output, CompressionLevel.Optimal)));
        _gzip = new(() => Compress(output => new GZipStream(output, CompressionLevel.Optimal)));
    }

    public string ContentType { get; }

    /// <param name="acceptEncoding">The request's Accept-Encoding values.</param>
    public (byte[] Bytes, string? Encoding, EntityTagHeaderValue Tag) For(IList<StringWithQualityHeaderValue> acceptEncoding)
    {
        if (_content.Length >= MinCompressed && Accepts(acceptEncoding, "br"))
            return (_brotli.Value, "br", Tag("-br"));
        if (_content.Length >= MinCompressed && Accepts(acceptEncoding, "gzip"))
            return (_gzip.Value, "gzip", Tag("-gz"));
        return (_content, null, Tag(""));
    }

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && value.Quality is not 0);

    private EntityTagHeaderValue Tag(string suffix) => new($"\"{_tag}{suffix}\"");

    private byte[] Compress(Func<Stream, Stream> encoder)
    {
        using var output = new MemoryStream();
        using (var encoding = encoder(output))
            encoding.Write(_content);
        return output.ToArray();
    }
}
