using System.Security.Cryptography;

namespace OnnxChat.Training.Prepare;

/// <summary>A file by its size and content.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hexadecimal digits.</param>
internal sealed record PreparedFile(long Bytes, string Sha256)
{
    public static PreparedFile Of(string path)
    {
        using var file = File.OpenRead(path);
        return new PreparedFile(file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
