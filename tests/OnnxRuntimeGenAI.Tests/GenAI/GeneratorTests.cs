using Microsoft.ML.OnnxRuntimeGenAI;
using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.GenAI;

public sealed class GeneratorTests
{
    private const int MostTokens = 100;

    [Fact]
    public void GenerateNextToken_StarterModelGreedy_WritesAnAnswerOfItsData()
    {
        var answers = File.ReadLines(Path.Combine(Repository.Root, "data", "starter", "en", "order_status.txt"))
            .Where(line => line.StartsWith("> ", StringComparison.Ordinal)).Select(line => line[2..]).ToList();
        using var model = new Model(Path.Combine(Repository.Root, "models", "starter"));
        using var tokenizer = new Tokenizer(model);
        using var prompt = tokenizer.Encode("<|SYSTEM|> TrailHaven support <|USER|> where is my order <|ASSISTANT|>");
        using var parameters = new GeneratorParams(model);
        parameters.SetSearchOption("do_sample", false);
        using var generator = new Generator(model, parameters);
        generator.AppendTokenSequences(prompt);
        var length = (int)generator.TokenCount();
        for (var step = 0; step < MostTokens && !generator.IsDone(); step++)
            generator.GenerateNextToken();

        Assert.Contains(tokenizer.Decode(generator.GetSequence(0)[length..]).Replace("<|End|>", "", StringComparison.Ordinal).Trim(), answers);
    }
}
