using System.ComponentModel.DataAnnotations;

namespace OnnxChat.BotHost.Bot.HandOff;

/// <summary>How customers reach a person. Configuration section <c>OnnxChat:HandOff</c>; checked at start.</summary>
internal sealed class HandOffOptions
{
    public const string Section = "OnnxChat:HandOff";

    /// <summary>Where the customer finds a person when none can take over in the chat: a telephone number, an address.</summary>
    /// <value>At most 500 characters. Default: none.</value>
    [StringLength(500)]
    public string? Contact { get; set; }

    /// <summary>Channels that take the event <c>handoff.initiate</c> and bring a person into the conversation.</summary>
    /// <value>Channel ids. Default: omnichannel, always; those of the configuration come on top.</value>
    public IList<string> EventChannels { get; } = [Microsoft.Bot.Connector.Channels.Omni];

    /// <summary>Messages of the conversation that go with the event.</summary>
    /// <value>0 to 200. Default: 20.</value>
    [Range(0, 200)]
    public int TranscriptMessages { get; set; } = 20;

    /// <summary>Hand-overs kept at the same time; the oldest go first.</summary>
    /// <value>1 to 1,000,000. Default: 10,000.</value>
    [Range(1, 1_000_000)]
    public int MaxHandOffs { get; set; } = 10_000;
}
