using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;
using OnnxChat.Connector.Tests.Fixtures;

namespace OnnxChat.Connector.Tests.Hosting;

public class RegistrationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddOnnxChat_AllServiceTypes_AreOneInstance()
    {
        await using var provider = new ServiceCollection().AddOnnxChat(StarterModel.Folder).BuildServiceProvider();

        var service = provider.GetRequiredService<OnnxChatService>();

        Assert.Same(service, provider.GetRequiredService<IChatClient>());
        Assert.Same(service, provider.GetRequiredService<IChatCompletionService>());
        Assert.Same(service, provider.GetRequiredService<ITextGenerationService>());
    }

    [Fact]
    public async Task AddOnnxChat_FolderIsMissing_FailsAtStartAndNotAtRegistration()
    {
        var services = new ServiceCollection().AddOnnxChat("no-such-folder");
        await using var provider = services.BuildServiceProvider();
        var loader = Assert.Single(provider.GetServices<IHostedService>());

        var error = await Assert.ThrowsAsync<OnnxChatModelException>(() => loader.StartAsync(Cancel));

        Assert.Contains(Path.GetFullPath("no-such-folder"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddOnnxChat_Twice_ChangesNothing()
    {
        var services = new ServiceCollection().AddOnnxChat(StarterModel.Folder);
        var count = services.Count;

        services.AddOnnxChat("another");

        Assert.Equal(count, services.Count);
        await using var provider = services.BuildServiceProvider();
        Assert.Equal(StarterModel.Folder, provider.GetRequiredService<OnnxChatService>().Attributes["Endpoint"]);
    }

    [Fact]
    public async Task AddOnnxChat_WithServiceIds_AreApart()
    {
        var kernel = Kernel.CreateBuilder()
            .AddOnnxChat(StarterModel.Folder, "a")
            .AddOnnxChat(o => (o.ModelPath, o.ModelId) = (StarterModel.Folder, "second"), "b")
            .Build();

        var a = kernel.GetRequiredService<IChatCompletionService>("a");
        var b = kernel.GetRequiredService<IChatCompletionService>("b");

        Assert.NotSame(a, b);
        Assert.Equal("second", b.Attributes["ModelId"]);
        var reply = await b.GetChatMessageContentAsync(StarterModel.Question, cancellationToken: Cancel);
        Assert.Equal(("second", StarterModel.Answer), (reply.ModelId, reply.Content));
    }

    [Fact]
    public async Task AddOnnxChat_FromConfiguration_TakesItsValues()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Chat:ModelPath"] = StarterModel.Folder, ["Chat:ModelId"] = "configured", ["Chat:Threads"] = "1" })
            .Build();
        await using var provider = new ServiceCollection().AddOnnxChat(configuration.GetSection("Chat")).BuildServiceProvider();

        Assert.Equal("configured", (await provider.GetRequiredService<IChatClient>().GetResponseAsync("hi", cancellationToken: Cancel)).ModelId);
    }

    [Fact]
    public async Task AddOnnxChat_RelativePath_Works()
    {
        await using var provider = new ServiceCollection().AddOnnxChat(Path.GetRelativePath(Environment.CurrentDirectory, StarterModel.Folder)).BuildServiceProvider();

        Assert.Equal(StarterModel.Answer, (await provider.GetRequiredService<IChatClient>().GetResponseAsync(StarterModel.Question, cancellationToken: Cancel)).Text);
    }

    [Theory]
    [InlineData("", 1, 1, "ModelPath")]
    [InlineData("x", 0, 1, "Workers is 0")]
    [InlineData("x", 1, 0, "QueueLimit is 0")]
    public void Constructor_OptionOutOfRange_NamesItWithValueAndRange(string path, int workers, int queue, string named)
    {
        var error = Assert.Throws<ArgumentException>(() => new OnnxChatService(new OnnxChatOptions { ModelPath = path, Workers = workers, QueueLimit = queue }));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }
}
