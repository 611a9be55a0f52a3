using System.Text.Json;
using Microsoft.ML.OnnxRuntimeGenAI;
using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.GenAI;

public sealed class GeneratorTests
{
    [Fact]
    public async Task GenerateNextToken_StarterModelGreedy_GivesTheTokensOfItsCheckpoint()
    {
        await using var file = File.OpenRead(Repository.Fixture("starter-checkpoint", "generation.json"));
        using var fixture = await JsonDocument.ParseAsync(file, cancellationToken: TestContext.Current.CancellationToken);
        var question = fixture.RootElement.GetProperty("items")[1];
        Assert.Equal("Where is my order?", question.GetProperty("user").GetString());
        var prompt = Ids(question, "prompt_ids");

        using var model = new Model(Path.Combine(Repository.Root, "models", "starter"));
        using var parameters = new GeneratorParams(model);
        parameters.SetSearchOption("do_sample", false);
        using var generator = new Generator(model, parameters);
        generator.AppendTokens(prompt);
        for (var step = 0; step < 12; step++)
            generator.GenerateNextToken();

        Assert.Equal(Ids(question, "greedy_ids")[..12], generator.GetSequence(0)[prompt.Length..].ToArray());
    }

    private static int[] Ids(JsonElement item, string name) => [.. item.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];
}
