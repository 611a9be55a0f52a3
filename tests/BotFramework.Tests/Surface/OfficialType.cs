using OnnxChat.Testing;

namespace OnnxChat.BotFramework.Tests.Surface;

/// <summary>The fixture's types, by full name.</summary>
internal sealed record OfficialType(string Kind, IReadOnlySet<string> Bases, IReadOnlySet<string> Members)
{
    public static Dictionary<string, OfficialType> Read()
    {
        var types = new Dictionary<string, OfficialType>(StringComparer.Ordinal);
        var members = new HashSet<string>();
        foreach (var line in File.ReadLines(Repository.Fixture("botframework-api.txt")))
        {
            if (!line.StartsWith("## ", StringComparison.Ordinal))
            {
                members.Add(line.Trim());
                continue;
            }

            var header = line[3..].Split(" : ", 2);
            var space = header[0].LastIndexOf(' ');
            members = [];
            var bases = header.Length > 1 ? header[1].Split(", ") : [];
            types.Add(header[0][(space + 1)..], new OfficialType(header[0][..space], bases.ToHashSet(), members));
        }

        return types;
    }
}
