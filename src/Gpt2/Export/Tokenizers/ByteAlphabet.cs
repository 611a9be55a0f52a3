namespace OnnxChat.Gpt2.Export.Tokenizers;

/// <summary>The letters that stand for bytes in GPT-2's vocabulary (bytes_to_unicode in openai/gpt-2's encoder.py).</summary>
internal static class ByteAlphabet
{
    private const int FirstSubstitute = 256;

    /// <summary>The letter of every byte, by the byte's value.</summary>
    public static IReadOnlyList<string> Letters { get; } = Create();

    private static string[] Create()
    {
        var letters = new string[256];
        var substitute = FirstSubstitute;
        for (var value = 0; value < letters.Length; value++)
        {
            var readable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            letters[value] = ((char)(readable ? value : substitute++)).ToString();
        }

        return letters;
    }
}
