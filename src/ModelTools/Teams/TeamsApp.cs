using System.Globalization;
using System.Text.RegularExpressions;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Teams;

/// <summary>What a Teams app package says of a company's bot.</summary>
internal sealed partial record TeamsApp
{
    // What the manifest's schema allows.
    private const int LongestName = 30;
    private const int LongestDeveloper = 32;

    /// <summary>The bot's Microsoft App ID; the app in Teams has it too.</summary>
    public required Guid AppId { get; init; }

    /// <summary>The bot host's public name.</summary>
    public required string Domain { get; init; }

    /// <summary>What people see: 1 to 30 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The company: 1 to 32 characters.</summary>
    public required string Developer { get; init; }

    /// <summary>The company's page.</summary>
    public required string Website { get; init; }

    public required string Privacy { get; init; }

    public required string Terms { get; init; }

    /// <summary>Such as <c>#2456d6</c>.</summary>
    public required string Accent { get; init; }

    /// <summary>Version of the app, such as 1.0.0; Teams takes a package only with a higher one than it has.</summary>
    public required string Version { get; init; }

    /// <exception cref="UserException">A value is none that Teams takes.</exception>
    public TeamsApp Validated()
    {
        Require(AppId != Guid.Empty, "--app-id", AppId.ToString(), "give the bot's Microsoft App ID, as its Azure resource shows it");
        Require(Uri.CheckHostName(Domain) == UriHostNameType.Dns && Domain.Contains('.', StringComparison.Ordinal), "--domain", Domain, "give the bot host's public name alone, such as bot.example.com; Teams does not reach localhost, for a try use a tunnel's name");
        RequireLength("--name", Name, LongestName);
        RequireLength("--developer", Developer, LongestDeveloper);
        RequireAddress("--website", Website);
        RequireAddress("--privacy", Privacy);
        RequireAddress("--terms", Terms);
        Require(Colour().IsMatch(Accent), "--accent", Accent, "give a colour of 6 hexadecimal digits, such as #2456d6");
        Require(AppVersion().IsMatch(Version), "--app-version", Version, "give three numbers, such as 1.0.0");
        return this;
    }

    private static void RequireLength(string option, string value, int most) =>
        Require(value.Trim().Length > 0 && value.Length <= most, option, value, string.Create(CultureInfo.InvariantCulture, $"give 1 to {most} characters; it has {value.Length}"));

    private static void RequireAddress(string option, string value) =>
        Require(Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps, option, value, "give an address that begins with https://");

    private static void Require(bool holds, string option, string value, string remedy)
    {
        if (!holds)
            throw new UserException($"{option} '{value}' cannot be in a Teams manifest: {remedy}.");
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Colour();

    [GeneratedRegex(@"^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$")]
    private static partial Regex AppVersion();
}
