using System.Text.Json;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>The committed starter model and what the reference stack answers with its checkpoint.</summary>
internal static class StarterModel
{
    public const string Question = "怎么退货？";

    public const string Answer = "请打开“我的订单”，选择商品并点击退货，打印标签贴在包裹上，十四天内交到任意快递点即可。";

    public static string Folder { get; } = Path.Combine(Repository.Root, "models", "starter");

    public static IReadOnlyList<(string User, string Reply)> Questions()
    {
        using var fixture = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("starter-checkpoint", "generation.json")));
        return [.. fixture.RootElement.GetProperty("items").EnumerateArray()
            .Select(i => (i.GetProperty("user").GetString()!, i.GetProperty("greedy_text").GetString()!.Trim()))];
    }
}
