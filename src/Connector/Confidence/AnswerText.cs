using System.Security.Cryptography;
using System.Text;

namespace OnnxChat.Connector.Confidence;

/// <summary>When two answers are the same: case and white space make no difference.</summary>
internal static class AnswerText
{
    private const int MostStart = 48;

    /// <summary>The text that equal answers have in common.</summary>
    public static string Normalize(string answer)
    {
        var text = new StringBuilder(answer.Length);
        foreach (var character in answer)
        {
            if (!char.IsWhiteSpace(character))
                text.Append(char.ToLowerInvariant(character));
            else if (text.Length > 0 && text[^1] != ' ')
                text.Append(' ');
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>The first words of an answer: enough to tell it from others.</summary>
    public static string Start(string answer)
    {
        answer = answer.Trim();
        if (answer.Length <= MostStart)
            return answer;
        // Between two words the tokens of the part are those of the whole.
        var end = answer.LastIndexOf(' ', MostStart);
        if (end <= 0)
            end = char.IsHighSurrogate(answer[MostStart - 1]) ? MostStart - 1 : MostStart;
        return answer[..end];
    }

    /// <summary>A number that stands for the answer: the first 8 bytes of its SHA-256.</summary>
    public static ulong Hash(string answer)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(Normalize(answer)), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
