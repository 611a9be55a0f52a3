namespace OnnxChat.OnnxRuntimeGenAI.Tests.House;

public sealed class ReferenceRuleTests
{
    [Fact]
    public async Task BuildAsync_ForbiddenReference_NamesBothProjects()
    {
        using var checkout = new MiniatureCheckout("house").With("OnnxRuntimeGenAI").With("Gpt2").With("Connector", "OnnxRuntimeGenAI", "Gpt2");

        var result = await checkout.BuildAsync("Connector");

        Assert.Contains("Connector must not reference Gpt2: eng/References.targets allows 'OnnxRuntimeGenAI'", result.AssertOnlyError("HOUSE002"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_ForbiddenReferenceAndNoneAllowed_NamesBothProjects()
    {
        // The folder's name holds the names of folders that the rule looks for.
        using var checkout = new MiniatureCheckout("engineering-src").With("Connector").With("Gpt2", "Connector");

        var result = await checkout.BuildAsync("Gpt2");

        Assert.Contains("Gpt2 must not reference Connector", result.AssertOnlyError("HOUSE002"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_ProjectWithoutALine_AsksForOne()
    {
        using var checkout = new MiniatureCheckout("house").With("Novelty");

        var result = await checkout.BuildAsync("Novelty");

        Assert.Contains("Novelty has no line in eng/References.targets", result.AssertOnlyError("HOUSE001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_AllowedReferenceThatBringsOthers_Succeeds()
    {
        using var checkout = new MiniatureCheckout("house").With("OnnxRuntimeGenAI").With("Connector", "OnnxRuntimeGenAI").With("BotHost", "Connector");

        var result = await checkout.BuildAsync("BotHost");

        result.AssertSucceeded();
    }
}
