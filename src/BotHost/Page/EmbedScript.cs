using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot;

namespace OnnxChat.BotHost.Page;

/// <summary>The script that a company's own site loads: a button, and the page in a frame behind it.</summary>
internal sealed class EmbedScript(IOptions<BotOptions> bot, PageTheme theme)
{
    public const string Template = "embed.js";

    public PageFile File { get; } = new(
        Encoding.UTF8.GetBytes(System.IO.File.ReadAllText(Path.Combine(PageFiles.Folder, Template)).Replace(
            "'{{settings}}'",
            JsonSerializer.Serialize(new { name = bot.Value.Name, light = theme.Light.ToString(), dark = theme.Dark.ToString() }),
            StringComparison.Ordinal)),
        "text/javascript; charset=utf-8");
}
