namespace OnnxChat.Connector.Tokenization;

/// <summary>
/// The printable stand-ins that GPT-2's byte-level BPE writes for the 256 byte values: printable Latin-1 characters
/// stand for themselves, the other 68 bytes for U+0100 onwards in order (Radford et al., 2019, <c>encoder.py</c>).
/// </summary>
internal static class ByteLevelAlphabet
{
    private static readonly Dictionary<char, byte> Bytes = Build();
    private static readonly char[] Characters = [.. Bytes.OrderBy(p => p.Value).Select(p => p.Key)];

    /// <returns>False where <paramref name="character"/> stands for no byte.</returns>
    public static bool TryGetByte(char character, out byte value) => Bytes.TryGetValue(character, out value);

    /// <summary>Writes bytes as their stand-ins.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
            characters[i] = Characters[bytes[i]];
        return new string(characters);
    }

    private static Dictionary<char, byte> Build()
    {
        var bytes = new Dictionary<char, byte>(256);
        var next = 0x100;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            bytes.Add(printable ? (char)value : (char)next++, (byte)value);
        }

        return bytes;
    }
}
