using System.Text.Json;
using System.Text.RegularExpressions;

namespace OnnxChat.Connector.Tokenization;

/// <summary>Reads the <c>pre_tokenizer</c> of a tokenizer file.</summary>
internal sealed class PreTokenizerReader
{
    private readonly List<TextNormalizer> _normalizers = [];
    private readonly List<TextSplitter> _splitters = [];

    /// <exception cref="FormatException">A step is none that is supported; the message names it.</exception>
    public PreTokenizerReader(JsonElement preTokenizer) => Read(preTokenizer);

    /// <summary>Changes that steps make before they split.</summary>
    public IReadOnlyList<TextNormalizer> Normalizers => _normalizers;

    public IReadOnlyList<TextSplitter> Splitters => _splitters;

    /// <summary>Whether the vocabulary is of bytes.</summary>
    public bool IsByteLevel { get; private set; }

    private void Read(JsonElement step)
    {
        if (step.ValueKind != JsonValueKind.Object)
            return;
        switch (step.GetProperty("type").GetString())
        {
            case "Sequence":
                foreach (var inner in step.GetProperty("pretokenizers").EnumerateArray())
                    Read(inner);
                break;
            case "ByteLevel":
                IsByteLevel = true;
                if (Flag(step, "add_prefix_space", false))
                    AddNormalizer("add_prefix_space", (text, _) => text[0] == ' ' ? text : ' ' + text);
                if (Flag(step, "use_regex", true))
                    _splitters.Add(RegexSplitter.Gpt2.Split);
                break;
            case "Split":
                _splitters.Add(new RegexSplitter(ReadPattern(step.GetProperty("pattern")), ReadBehavior(step), Flag(step, "invert", false)).Split);
                break;
            case "Digits":
                _splitters.Add(new RegexSplitter(Flag(step, "individual_digits", false) ? @"\p{N}" : @"\p{N}+", SplitBehavior.Isolated).Split);
                break;
            case "Metaspace":
                ReadMetaspace(step);
                break;
            case var other:
                throw new FormatException($"The pre-tokenizer '{other}' is not supported.");
        }
    }

    private void ReadMetaspace(JsonElement step)
    {
        var mark = step.TryGetProperty("replacement", out var replacement) ? replacement.GetString()! : "\u2581";
        var scheme = step.TryGetProperty("prepend_scheme", out var named) ? named.GetString()
            : Flag(step, "add_prefix_space", true) ? "always" : "never";
        AddNormalizer("Metaspace", (text, start) =>
        {
            var marked = text.Replace(" ", mark, StringComparison.Ordinal);
            var prepends = scheme == "always" || (scheme == "first" && start);
            return prepends && !marked.StartsWith(mark, StringComparison.Ordinal) ? mark + marked : marked;
        });
        if (Flag(step, "split", true))
            _splitters.Add(new RegexSplitter(Regex.Escape(mark), SplitBehavior.MergedWithNext).Split);
    }

    // A change after a split would be made to every piece of it.
    private void AddNormalizer(string name, TextNormalizer normalizer)
    {
        if (_splitters.Count > 0)
            throw new FormatException($"The pre-tokenizer has '{name}' behind a split, which is not supported.");
        _normalizers.Add(normalizer);
    }

    private static string ReadPattern(JsonElement pattern) => pattern.TryGetProperty("Regex", out var expression)
        ? expression.GetString()!
        : Regex.Escape(pattern.GetProperty("String").GetString()!);

    private static SplitBehavior ReadBehavior(JsonElement step) =>
        Enum.TryParse<SplitBehavior>(step.GetProperty("behavior").GetString(), out var behavior)
            ? behavior
            : throw new FormatException($"The split behavior '{step.GetProperty("behavior")}' is not supported.");

    private static bool Flag(JsonElement step, string name, bool otherwise) =>
        step.TryGetProperty(name, out var flag) ? flag.GetBoolean() : otherwise;
}
