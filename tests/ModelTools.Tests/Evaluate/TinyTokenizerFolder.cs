using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Tokenization;

namespace OnnxChat.ModelTools.Tests.Evaluate;

/// <summary>The tokenizer in a model folder, to read replies of the reference stack.</summary>
internal sealed class TinyTokenizerFolder(ModelFolder folder)
{
    public static TinyTokenizerFolder Open(string path) => new(ModelFolder.Open(path));

    /// <summary>The reply in these tokens, as a caller of the service sees it.</summary>
    public string Reply(IEnumerable<int> tokens)
    {
        var decoder = new ReplyDecoder(folder.Tokenizer, folder.Prompts.Template.Stop);
        return (string.Concat(tokens.Select(decoder.Append)) + decoder.Flush()).Trim();
    }
}
