using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.Packages;

/// <summary>The build with an official package, from packages that stand in for it.</summary>
public sealed class OfficialPackageTests
{
    [Theory]
    [InlineData("Cuda", "Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData("DirectML", "Microsoft.ML.OnnxRuntime.DirectML")]
    public async Task Build_OfficialPackage_RestoresBuildsAndAnswers(string choice, string onnxRuntime)
    {
        Assert.SkipWhen(StandInFeed.Platform is null, "The default build has no natives for this platform to make packages of.");
        using var checkout = new ConsumerCheckout();
        new StandInFeed(checkout.Feed).Write(choice, onnxRuntime);
        var (question, reply) = KnownAnswer.OfStarter;

        (await checkout.BuildAsync(choice)).AssertSucceeded();
        var answer = await checkout.AskAsync(Path.Combine(Repository.Root, "models", "starter"), question);

        answer.AssertSucceeded();
        Assert.Equal(reply, answer.Output.Trim());
        Assert.Equal(
            new[] { $"microsoft.ml.onnxruntimegenai.{choice}", "microsoft.ml.onnxruntimegenai.managed", onnxRuntime }.Select(p => p.ToLowerInvariant()).Order(),
            checkout.Installed().Order());
        // Nothing of the default build is beside the program: the natives are the packages' own.
        Assert.Empty(Directory.GetFiles(checkout.Output(), "*onnxruntime*.so"));
        Assert.Equal(2, Directory.GetFiles(checkout.Output("runtimes", StandInFeed.Platform!, "native"), "*onnxruntime*").Length);
        // A package made of this build asks for the official one, and for nothing of ours.
        var packed = await checkout.PackConnectorAsync(choice);
        Assert.Contains(packed.Dependencies, d => d == ($"Microsoft.ML.OnnxRuntimeGenAI.{choice}", StandInFeed.Version));
        Assert.DoesNotContain(packed.Dependencies, d => d.Id.StartsWith("OnnxChat.", StringComparison.Ordinal));
    }
}
