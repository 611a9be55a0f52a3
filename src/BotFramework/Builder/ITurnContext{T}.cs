using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder;

/// <summary>A turn whose activity is known to be of one kind.</summary>
/// <typeparam name="T">The kind of activity.</typeparam>
public interface ITurnContext<out T> : ITurnContext
    where T : IActivity
{
    new T Activity { get; }
}
