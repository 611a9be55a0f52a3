using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using OnnxChat.Gpt2.Export;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Export;

public sealed class TokenizerRobustnessTests
{
    private static readonly byte[] Original = File.ReadAllBytes(Repository.Fixture("gpt2-tiny", "tokenizer-saved", "tokenizer.json"));

    [Property(MaxTest = 200)]
    public Property Read_OneByteChanged_IsReadOrRefused() => Prop.ForAll(
        Gen.Choose(0, Original.Length - 1).Zip(Gen.Choose(0, 255)).ToArbitrary(),
        change =>
        {
            var bytes = Original.ToArray();
            bytes[change.Item1] = (byte)change.Item2;
            return IsReadOrRefused(bytes);
        });

    [Property(MaxTest = 200)]
    public Property Read_OneValueReplaced_IsReadOrRefused() => Prop.ForAll(
        Gen.Choose(0, 11_000).Zip(Gen.Elements("null", "7", "-1.5", "\"x\"", "[]", "{}", "true", "[null]")).ToArbitrary(),
        change =>
        {
            var root = JsonNode.Parse(Original)!;
            var places = Places(root).ToList();
            places[change.Item1 % places.Count](JsonNode.Parse(change.Item2));
            return IsReadOrRefused(JsonSerializer.SerializeToUtf8Bytes(root));
        });

    private static bool IsReadOrRefused(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["tokenizer.json"], bytes);
        try
        {
            return TokenizerFolder.Read(folder.Path).WithCardTokens().Count >= 1005;
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            return e.Message.Contains("tokenizer.json", StringComparison.Ordinal);
        }
    }

    /// <summary>A setter for every value of the document; the lists of tokens and merges come in by a few members only.</summary>
    private static IEnumerable<Action<JsonNode?>> Places(JsonNode node)
    {
        if (node is JsonObject members)
        {
            foreach (var name in members.Select(member => member.Key).Take(12).ToList())
            {
                yield return value => members[name] = value;
                if (members[name] is { } inner)
                {
                    foreach (var place in Places(inner))
                        yield return place;
                }
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < Math.Min(items.Count, 6); i++)
            {
                var index = i;
                yield return value => items[index] = value;
                if (items[index] is { } inner)
                {
                    foreach (var place in Places(inner))
                        yield return place;
                }
            }
        }
    }
}
