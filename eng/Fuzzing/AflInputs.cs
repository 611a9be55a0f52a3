using System.Text;

namespace OnnxChat.Fuzzing;

/// <summary>What afl-fuzz begins with: a folder of inputs, and a dictionary.</summary>
internal static class AflInputs
{
    public const string Dictionary = "words.dict";

    // afl-fuzz refuses longer ones.
    private const int LongestWord = 128;

    public static async Task WriteAsync(IFuzzTarget target, string folder)
    {
        var seeds = Path.Combine(folder, "seeds");
        Directory.CreateDirectory(seeds);
        foreach (var (index, seed) in target.Seeds.Index())
            await File.WriteAllBytesAsync(Path.Combine(seeds, $"{index}.input"), seed);
        await File.WriteAllLinesAsync(Path.Combine(folder, Dictionary), target.Words.Where(word => word.Length is > 0 and <= LongestWord).Select(Entry));
    }

    private static string Entry(string word) =>
        $"\"{string.Concat(Encoding.UTF8.GetBytes(word).Select(value => value is >= 0x20 and < 0x7F && value != '"' && value != '\\' ? ((char)value).ToString() : $"\\x{value:x2}"))}\"";
}
