using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder;

/// <summary>Takes note of what is said in conversations.</summary>
public interface ITranscriptLogger
{
    Task LogActivityAsync(IActivity activity);
}
