using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Bot;

/// <summary>Limits that the SDK has no name for, from the configuration section <c>BotFramework</c>.</summary>
internal sealed record BotFrameworkSettings
{
    internal const string Section = "BotFramework";

    internal static BotFrameworkSettings Default { get; } = new();

    /// <summary>The largest activity that is read, in bytes.</summary>
    /// <value>1 KiB to 16 MiB; 256 KiB unless set, which is what the Bot Connector allows.</value>
    internal int MaxActivityBytes { get; init; } = 256 * 1024;

    /// <summary>How long an activity's id is remembered, so that a channel's second delivery of it runs no second turn.</summary>
    /// <value>1 second to 1 day; 10 minutes unless set.</value>
    internal TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many ids are remembered; the oldest go first.</summary>
    /// <value>1 to 1,000,000; 10,000 unless set (about 2 MB).</value>
    internal int DuplicateCapacity { get; init; } = 10_000;

    /// <summary>How often a request to a channel is sent again.</summary>
    /// <value>0 to 20; 4 unless set.</value>
    internal int OutboundRetries { get; init; } = 4;

    /// <summary>The wait before the first retry; it doubles, with jitter, up to <see cref="OutboundMaxDelay"/>.</summary>
    /// <value>0 to 1 minute; 500 ms unless set.</value>
    internal TimeSpan OutboundDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait before a retry that the channel did not ask for.</summary>
    /// <value>1 ms to 5 minutes; 10 seconds unless set.</value>
    internal TimeSpan OutboundMaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request to a channel may take with all its retries, where the turn's own deadline is not sooner.</summary>
    /// <value>10 ms to 1 day; 1 minute unless set.</value>
    internal TimeSpan OutboundTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one attempt may take.</summary>
    /// <value>10 ms to 1 day; 15 seconds unless set.</value>
    internal TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How soon signing keys are fetched again because a token names one that is not known.</summary>
    /// <value>1 second to 1 day; 5 minutes unless set.</value>
    internal TimeSpan KeyRefreshInterval { get; init; } = TimeSpan.FromMinutes(5);

    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <exception cref="InvalidOperationException">A value is not of its kind, or outside its range.</exception>
    internal static BotFrameworkSettings From(IConfiguration configuration, TimeProvider timeProvider)
    {
        var section = configuration.GetSection(Section);
        var day = TimeSpan.FromDays(1);
        return new BotFrameworkSettings
        {
            MaxActivityBytes = Integer(section, nameof(MaxActivityBytes), Default.MaxActivityBytes, 1024, 16 * 1024 * 1024),
            DuplicateWindow = Time(section, nameof(DuplicateWindow), Default.DuplicateWindow, TimeSpan.FromSeconds(1), day),
            DuplicateCapacity = Integer(section, nameof(DuplicateCapacity), Default.DuplicateCapacity, 1, 1_000_000),
            OutboundRetries = Integer(section, nameof(OutboundRetries), Default.OutboundRetries, 0, 20),
            OutboundDelay = Time(section, nameof(OutboundDelay), Default.OutboundDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            OutboundMaxDelay = Time(section, nameof(OutboundMaxDelay), Default.OutboundMaxDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5)),
            OutboundTimeout = Time(section, nameof(OutboundTimeout), Default.OutboundTimeout, TimeSpan.FromMilliseconds(10), day),
            AttemptTimeout = Time(section, nameof(AttemptTimeout), Default.AttemptTimeout, TimeSpan.FromMilliseconds(10), day),
            KeyRefreshInterval = Time(section, nameof(KeyRefreshInterval), Default.KeyRefreshInterval, TimeSpan.FromSeconds(1), day),
            TimeProvider = timeProvider,
        };
    }

    private static int Integer(IConfigurationSection section, string key, int standard, int least, int most)
    {
        if (section[key] is not { Length: > 0 } text)
            return standard;

        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new InvalidOperationException($"{section.Path}:{key} is '{text}'; it must be a whole number from {least} to {most}.");
    }

    private static TimeSpan Time(IConfigurationSection section, string key, TimeSpan standard, TimeSpan least, TimeSpan most)
    {
        if (section[key] is not { Length: > 0 } text)
            return standard;

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new InvalidOperationException($"{section.Path}:{key} is '{text}'; it must be a time (hours:minutes:seconds) from {least} to {most}.");
    }
}
