using Microsoft.Bot.Schema;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotHost.Bot.Streaming;

/// <summary>What tells a channel that an activity is part of a stream: <c>streamType</c>, <c>streamSequence</c>, <c>streamId</c>.</summary>
internal sealed class StreamMarks(bool usesEntities)
{
    public const string Informative = "informative";
    public const string Streaming = "streaming";
    private const string Final = "final";
    private const string EntityType = "streaminfo";

    private int _sequence;
    private bool _isEnded;

    /// <summary>The id of the stream's first activity; null before it is sent.</summary>
    public string? StreamId { get; set; }

    public void MarkUpdate(Activity update, string streamType) => Mark(update, streamType, ++_sequence);

    /// <summary>Makes a message the last of the stream.</summary>
    /// <param name="message">The message.</param>
    /// <param name="shown">What the customer has seen of the reply.</param>
    /// <returns>False when the stream has its last message already.</returns>
    public bool TryEnd(Activity message, string shown)
    {
        if (_isEnded)
            return false;

        _isEnded = true;
        // Teams refuses a text that does not go on from what it has shown.
        if (usesEntities && message.Text?.StartsWith(shown, StringComparison.Ordinal) == false)
            message.Text = $"{shown}\n\n{message.Text}";
        Mark(message, Final, sequence: null);
        return true;
    }

    private void Mark(Activity activity, string streamType, int? sequence)
    {
        var marks = new JObject { ["streamType"] = streamType };
        // The last message has none, and an update without one hangs the Playground.
        if (sequence is not null)
            marks["streamSequence"] = sequence;
        if (StreamId is not null)
            marks["streamId"] = StreamId;

        if (usesEntities)
            activity.Entities = [.. activity.Entities ?? [], new Entity(EntityType) { Properties = (JObject)marks.DeepClone() }];

        var data = activity.ChannelData as JObject ?? [];
        data.Merge(marks);
        activity.ChannelData = data;
    }
}
