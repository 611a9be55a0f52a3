using System.ComponentModel.DataAnnotations;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>The host's own Direct Line 3.0 endpoint. Configuration section <c>OnnxChat:DirectLine</c>; checked at start.</summary>
internal sealed class DirectLineOptions
{
    public const string Section = "OnnxChat:DirectLine";

    /// <summary>Whether the host serves the endpoint and the Web Chat page.</summary>
    /// <value>Default: true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The key that signs tokens, base64.</summary>
    /// <value>At least 32 bytes once decoded. Default: one that is made at the first start and kept with the inbox; where that is in memory, tokens end with the process.</value>
    public string? SigningKey { get; set; }

    /// <summary>How long a token is good; a refresh gives another one as long.</summary>
    /// <value>1 minute to 1 day. Default: 30 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a client may take to open the WebSocket whose address it was given.</summary>
    /// <value>5 seconds to 10 minutes. Default: 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan StreamUrlLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A WebSocket that is silent this long gets an empty frame, so that nothing between drops it.</summary>
    /// <value>1 second to 5 minutes. Default: 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A conversation in which the customer says nothing this long is forgotten and its streams are closed.</summary>
    /// <value>1 minute to 7 days. Default: 1 hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan IdleExpiry { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Conversations kept at the same time; one more is refused with 503.</summary>
    /// <value>1 to 1,000,000. Default: 1,000.</value>
    [Range(1, 1_000_000)]
    public int MaxConversations { get; set; } = 1_000;

    /// <summary>Activities kept of one conversation; the oldest go first.</summary>
    /// <value>10 to 100,000. Default: 1,000.</value>
    [Range(10, 100_000)]
    public int MaxActivitiesPerConversation { get; set; } = 1_000;

    /// <summary>Bytes of JSON kept of one conversation; the oldest activities go first.</summary>
    /// <value>4,096 to 67,108,864 bytes. Default: 262,144.</value>
    [Range(4_096, 67_108_864)]
    public int MaxBytesPerConversation { get; set; } = 262_144;

    /// <summary>The largest activity a client may post; a larger one is refused with 413.</summary>
    /// <value>1,024 to 262,144 bytes. Default: 32,768.</value>
    [Range(1_024, 262_144)]
    public int MaxActivityBytes { get; set; } = 32_768;

    /// <summary>Activities of one conversation that wait for the bot; one more is refused with 429.</summary>
    /// <value>1 to 1,000. Default: 8.</value>
    [Range(1, 1_000)]
    public int MaxPendingTurns { get; set; } = 8;

    /// <summary>WebSockets open to one conversation at the same time; one more is refused with 429.</summary>
    /// <value>1 to 100. Default: 4.</value>
    [Range(1, 100)]
    public int MaxStreamsPerConversation { get; set; } = 4;

    /// <summary>
    /// Tokens and conversations that one client address may ask for in a minute; more are refused with 429. Behind a proxy set
    /// ASPNETCORE_FORWARDEDHEADERS_ENABLED=true, or all its clients count as one.
    /// </summary>
    /// <value>1 to 100,000. Default: 60.</value>
    [Range(1, 100_000)]
    public int MaxStartsPerMinute { get; set; } = 60;
}
