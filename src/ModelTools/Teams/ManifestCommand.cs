using System.CommandLine;
using System.Text.Json;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Teams;

/// <summary><c>onnxchat manifest</c>: the package with which a bot becomes an app in Teams.</summary>
internal static class ManifestCommand
{
    public static Command Create(Terminal terminal)
    {
        var appId = new Option<Guid>("--app-id") { Description = "The bot's Microsoft App ID.", HelpName = "GUID", Required = true };
        var domain = new Option<string>("--domain") { Description = "Public name of the bot host.", HelpName = "HOST", Required = true };
        var output = new Option<string>("--output") { Description = "The zip file; one that is there is replaced.", HelpName = "FILE", DefaultValueFactory = _ => "teams.zip" };
        var name = new Option<string>("--name") { Description = "What people in Teams see, at most 30 characters.", HelpName = "TEXT", DefaultValueFactory = _ => "OnnxChat" };
        var developer = new Option<string?>("--developer") { Description = "Your company, at most 32 characters. Default: the name.", HelpName = "TEXT" };
        var website = new Option<string?>("--website") { Description = "Your company's page. Default: https://HOST/.", HelpName = "URL" };
        var privacy = new Option<string?>("--privacy") { Description = "What becomes of personal data. Default: https://HOST/privacy.", HelpName = "URL" };
        var terms = new Option<string?>("--terms") { Description = "Terms of use. Default: https://HOST/terms.", HelpName = "URL" };
        var accent = new Option<string>("--accent") { Description = "Colour around the icon.", HelpName = "#RRGGBB", DefaultValueFactory = _ => "#2456d6" };
        var version = new Option<string>("--app-version") { Description = "Raise it for each package that replaces another in Teams.", HelpName = "N.N.N", DefaultValueFactory = _ => "1.0.0" };
        var json = new Option<bool>("--json") { Description = "Say what was written as one JSON object." };
        var command = new Command("manifest", """
            Writes the app package with which people in Teams talk to the bot (manifest version 1.30).

            Example:
              onnxchat manifest --app-id 00000000-1111-2222-3333-444444444444 --domain bot.example.com --name TrailHaven --output teams.zip
            """)
        {
            appId, domain, output, name, developer, website, privacy, terms, accent, version, json,
        };
        command.SetAction(parsed =>
        {
            var host = parsed.GetRequiredValue(domain);
            var app = new TeamsApp
            {
                AppId = parsed.GetRequiredValue(appId),
                Domain = host,
                Name = parsed.GetRequiredValue(name),
                Developer = parsed.GetValue(developer) ?? parsed.GetRequiredValue(name),
                Website = parsed.GetValue(website) ?? $"https://{host}/",
                Privacy = parsed.GetValue(privacy) ?? $"https://{host}/privacy",
                Terms = parsed.GetValue(terms) ?? $"https://{host}/terms",
                Accent = parsed.GetRequiredValue(accent),
                Version = parsed.GetRequiredValue(version),
            }.Validated();
            var file = Path.GetFullPath(parsed.GetRequiredValue(output));
            TeamsPackage.Write(app, file);
            terminal.Output.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { File = file, app.AppId, app.Name, app.Domain, app.Version, app.Website, app.Privacy, app.Terms }, JsonText.Options)
                : $"{file}: {app.Name} {app.Version}, bot {app.AppId} at https://{app.Domain}/api/messages. Upload it in Teams under Apps, Manage your apps. Its links are {app.Website}, {app.Privacy} and {app.Terms}: they must lead somewhere.");
            return ExitCodes.Fine;
        });
        return command;
    }
}
