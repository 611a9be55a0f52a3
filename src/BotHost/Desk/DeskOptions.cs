using System.ComponentModel.DataAnnotations;

namespace OnnxChat.BotHost.Desk;

/// <summary>The page at <c>/desk</c> where people take conversations over. Configuration section <c>OnnxChat:Desk</c>; checked at start.</summary>
internal sealed class DeskOptions
{
    public const string Section = "OnnxChat:Desk";

    /// <summary>Whether there is a desk.</summary>
    /// <value>Default: true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The password of the desk, whatever the user name. Without it the desk is served to this machine only.</summary>
    /// <value>16 to 256 characters. Default: none.</value>
    [StringLength(256, MinimumLength = 16)]
    public string? AccessKey { get; set; }

    /// <summary>How long after the page last asked for news somebody counts as being there.</summary>
    /// <value>5 seconds to 1 hour. Default: 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan Attendance { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest message that a person sends from the desk.</summary>
    /// <value>1 to 20,000 characters (UTF-16). Default: 4,000.</value>
    [Range(1, 20_000)]
    public int MaxMessageCharacters { get; set; } = 4_000;
}
