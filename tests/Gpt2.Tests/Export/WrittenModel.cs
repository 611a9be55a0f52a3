using OnnxChat.Gpt2.Export;
using OnnxChat.Gpt2.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Export;

/// <summary>A model folder written for a test, and a session that runs it.</summary>
internal sealed class WrittenModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public WrittenModel(IGpt2Weights weights, ModelPrecision precision, TokenizerFolder? tokenizer = null)
    {
        try
        {
            new ModelFolderWriter(_folder.Path, tokenizer ?? TinyTokenizer())
                .WriteModel(weights, precision, cancellationToken: TestContext.Current.CancellationToken);
            Session = new GraphSession(_folder.Path, weights.Configuration);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    public string Path => _folder.Path;

    public GraphSession Session { get; }

    public static TokenizerFolder TinyTokenizer() => TokenizerFolder.Read(Repository.Fixture("gpt2-tiny", "tokenizer-saved"));

    public void Dispose()
    {
        Session.Dispose();
        _folder.Dispose();
    }
}
