namespace Microsoft.Bot.Schema;

/// <summary>How a channel lays out several attachments.</summary>
public static class AttachmentLayoutTypes
{
    public const string Carousel = "carousel";
    public const string List = "list";
}
