using Microsoft.Extensions.AI;
using ModelContextProtocol;
using OnnxChat.Connector;

namespace OnnxChat.Mcp;

/// <summary>Lets the caller read the errors that are meant for it; of all others it learns only that there was one.</summary>
internal sealed class SpokenErrors(AIFunction function) : DelegatingAIFunction(function)
{
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await base.InvokeCoreAsync(arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ArgumentException or OnnxChatBusyException or OnnxChatTimeoutException)
        {
            throw new McpException(e.Message, e);
        }
    }
}
