using System.ComponentModel.DataAnnotations;

namespace OnnxChat.BotHost.Turns;

/// <summary>The inbox of accepted messages. Configuration section <c>OnnxChat:Turns</c>; checked at start.</summary>
internal sealed class TurnsOptions
{
    public const string Section = "OnnxChat:Turns";

    /// <summary>Where accepted messages are kept until they are answered.</summary>
    /// <value>None, Sqlite or Redis, whose address is <c>ConnectionStrings:Redis</c>. Default: Sqlite.</value>
    [EnumDataType(typeof(TurnStore))]
    public TurnStore Store { get; set; } = TurnStore.Sqlite;

    /// <summary>The folder of the inbox's file, for one host alone. Accounts other than the host's cannot read what is made in it.</summary>
    /// <value>A path, from where the host is started if relative; made where it is missing. Default: <c>OnnxChat/host</c> in the account's folder of application data.</value>
    [Required]
    public string Folder { get; set; } = DefaultFolder;

    /// <summary>What the keys on the Redis server begin with: hosts with the same prefix share everything.</summary>
    /// <value>1 to 64 letters, digits, dots, dashes and underscores. Default: onnxchat.</value>
    [RegularExpression("^[A-Za-z0-9._-]{1,64}$")]
    public string KeyPrefix { get; set; } = "onnxchat";

    /// <summary>Turns of different conversations that run at the same time at this host. Most of them wait, for the model or for a channel that is slow.</summary>
    /// <value>1 to 10,000. Default: 256.</value>
    [Range(1, 10_000)]
    public int MaxConcurrentTurns { get; set; } = 256;

    /// <summary>Of them, those of one channel: a channel that takes no replies must not hold the places of the others.</summary>
    /// <value>1 to 10,000. Default: three quarters of <see cref="MaxConcurrentTurns"/>.</value>
    [Range(1, 10_000)]
    public int? MaxConcurrentTurnsOfChannel { get; set; }

    /// <summary>How long after a worker's last sign of life its turn goes to another; three signs are given in that time.</summary>
    /// <value>1 second to 5 minutes. Default: 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after its acceptance a message is still answered; later the customer gets an apology.</summary>
    /// <value>10 seconds to 7 days. Default: 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:10", "7.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one attempt at a turn may take.</summary>
    /// <value>1 second to 15 minutes. Default: 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:15:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Attempts at a turn, those included that ended with the process.</summary>
    /// <value>1 to 20. Default: 4.</value>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 4;

    /// <summary>The wait before the second attempt; it doubles up to <see cref="MaxRetryDelay"/>.</summary>
    /// <value>100 milliseconds to 10 minutes. Default: 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait before another attempt.</summary>
    /// <value>100 milliseconds to 1 hour. Default: 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an answered message is known, so that a second delivery of it is not answered.</summary>
    /// <value>1 minute to 30 days. Default: 1 day.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a dead letter is kept, with what the customer wrote.</summary>
    /// <value>1 to 365 days. Default: 30.</value>
    [Range(1, 365)]
    public int DeadLetterDays { get; set; } = 30;

    /// <summary>Turns that wait or run; a message more is refused with 503.</summary>
    /// <value>1 to 1,000,000. Default: 10,000.</value>
    [Range(1, 1_000_000)]
    public int MaxWaitingTurns { get; set; } = 10_000;

    /// <summary>Turns of one conversation of a channel that wait or run; a message more is refused with 503. Direct Line has a limit of its own.</summary>
    /// <value>1 to 100,000. Default: 100.</value>
    [Range(1, 100_000)]
    public int MaxWaitingInConversation { get; set; } = 100;

    /// <summary><see cref="MaxExpectedWait"/>, or its default.</summary>
    public TimeSpan EffectiveMaxExpectedWait => MaxExpectedWait ?? Deadline / 2;

    /// <summary><see cref="MaxConcurrentTurnsOfChannel"/>, or its default.</summary>
    public int EffectiveMaxConcurrentTurnsOfChannel => MaxConcurrentTurnsOfChannel ?? Math.Max(1, MaxConcurrentTurns * 3 / 4);

    /// <summary>A message that would wait longer for its answer, by what turns take at present, is refused or told so: see <see cref="WhenBusy"/>.</summary>
    /// <value>1 second to 7 days. Default: half of <see cref="Deadline"/>, which leaves time for another attempt.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan? MaxExpectedWait { get; set; }

    /// <summary>What becomes of a message when as many wait as may.</summary>
    /// <value>Refuse: 503 with Retry-After. Reply: it is taken and the customer is asked to send it again in a moment. Default: Refuse.</value>
    [EnumDataType(typeof(BusyPolicy))]
    public BusyPolicy WhenBusy { get; set; } = BusyPolicy.Refuse;

    /// <summary>Replies of <see cref="BusyPolicy.Reply"/> that are sent at the same time; beyond them messages are refused.</summary>
    /// <value>1 to 10,000. Default: 32.</value>
    [Range(1, 10_000)]
    public int MaxBusyReplies { get; set; } = 32;

    /// <summary>Messages of one sender on one channel in a minute; one more is refused with 429.</summary>
    /// <value>1 to 1,000,000. Default: 120.</value>
    [Range(1, 1_000_000)]
    public int MaxMessagesPerMinute { get; set; } = 120;

    private static string DefaultFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory, "OnnxChat", "host");

    /// <summary>The wait after the given attempt.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    public TimeSpan DelayAfter(int attempt)
    {
        var delay = RetryDelay * Math.Pow(2, attempt - 1);
        return delay < MaxRetryDelay ? delay : MaxRetryDelay;
    }
}
