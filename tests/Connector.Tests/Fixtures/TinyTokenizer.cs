using OnnxChat.Connector.Tokenization;
using OnnxChat.Testing;

namespace OnnxChat.Connector.Tests.Fixtures;

/// <summary>The tokenizer of the fixture model with 1,005 tokens.</summary>
internal static class TinyTokenizer
{
    public static ModelTokenizer Load() =>
        new(TokenizerFile.Read(Repository.Fixture("gpt2-tiny", "tokenizer-saved", "tokenizer.json")));
}
