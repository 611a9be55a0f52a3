using System.ComponentModel.DataAnnotations;

namespace OnnxChat.BotHost.Bot;

/// <summary>How the bot presents itself and what it reads. Configuration section <c>OnnxChat:Bot</c>; checked at start.</summary>
internal sealed class BotOptions
{
    public const string Section = "OnnxChat:Bot";

    /// <summary>The bot's account in the host's own channel.</summary>
    public const string Id = "bot";

    /// <summary>The name that customers see.</summary>
    /// <value>1 to 64 characters. Default: OnnxChat.</value>
    [Required, StringLength(64, MinimumLength = 1)]
    public string Name { get; set; } = "OnnxChat";

    /// <summary>The longest message the bot reads; a longer one gets a sentence that says so.</summary>
    /// <value>1 to 100,000 characters (UTF-16). Default: 2,000.</value>
    [Range(1, 100_000)]
    public int MaxMessageCharacters { get; set; } = 2_000;

    /// <summary>How often the customer is told again that the bot is at work on an answer.</summary>
    /// <value>1 second to 1 minute. Default: 3 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan TypingInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether a reply is shown while it is written, where the channel can: Teams' chats of two, and Web Chat.</summary>
    /// <value>Default: true.</value>
    public bool StreamReplies { get; set; } = true;

    /// <summary>Whether customers are asked if a reply helped, where the channel can.</summary>
    /// <value>Default: true.</value>
    public bool AskForFeedback { get; set; } = true;

    /// <summary>Questions that are offered as buttons, by language; the first three that were not just asked are shown.</summary>
    /// <value>Keys <c>en</c> and <c>zh-Hans</c>. Default: none.</value>
    public Dictionary<string, string[]> SuggestedQuestions { get; } = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
}
