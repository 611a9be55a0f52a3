using OnnxChat.Connector.ModelFolders;
using OnnxChat.Connector.Tokenization;

namespace OnnxChat.Connector.Generation;

/// <summary>Decides at each token what text it gives and whether the reply ends with it.</summary>
internal sealed class ReplyProgress(ModelFolder folder, GenerationRequest request)
{
    private readonly ReplyDecoder _decoder = new(folder.Tokenizer, request.StopSequences);

    /// <param name="token">The token chosen.</param>
    /// <param name="last">Whether no further token is allowed.</param>
    public (string Text, GenerationFinish? Finish) Step(int token, bool last)
    {
        if (folder.Configuration.EndTokens.Contains(token))
            return (_decoder.Flush(), GenerationFinish.Stop);

        var text = _decoder.Append(token);
        if (_decoder.Ended && !request.WholeContinuation)
            return (text, GenerationFinish.Stop);
        return last ? (text + _decoder.Flush(), GenerationFinish.Length) : (text, null);
    }
}
