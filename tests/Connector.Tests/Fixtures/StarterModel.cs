using System.Text.Json;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>The committed starter model and what the reference stack answers with its checkpoint.</summary>
internal static class StarterModel
{
    public const string Question = "怎么退货？";

    public const string Answer = "请打开“我的订单”，选择商品并点击退货，打印标签贴在包裹上，十四天内交到任意快递点即可。";

    public static string Folder { get; } = Path.Combine(Repository.Root, "models", "starter");

    private static ModelFolder Opened { get; } = ModelFolder.Open(Folder);

    /// <summary>One more than the highest id.</summary>
    public static int Vocabulary => Opened.Tokenizer.VocabularySize;

    /// <summary>The token that ends a reply.</summary>
    public static int End => Control("<|End|>");

    /// <summary>A token that is a whole word.</summary>
    public static int Word => Opened.Tokenizer.Encode(" order")[0];

    /// <summary>Tokens of the prompt that asks <see cref="Question"/>.</summary>
    public static int PromptTokens => Opened.Prompts.Build(Question, system: null).Length;

    /// <summary>The id of a control token.</summary>
    public static int Control(string token) => Opened.Tokenizer.ControlTokens[token];

    public static IReadOnlyList<(string User, string Reply)> Questions()
    {
        using var fixture = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("starter-checkpoint", "generation.json")));
        return [.. fixture.RootElement.GetProperty("items").EnumerateArray()
            .Select(i => (i.GetProperty("user").GetString()!, i.GetProperty("greedy_text").GetString()!.Trim()))];
    }
}
