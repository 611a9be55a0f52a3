using Newtonsoft.Json;

namespace Microsoft.Bot.Schema;

/// <summary>What the user may say next, as buttons that go away once one is chosen.</summary>
public class SuggestedActions
{
    public SuggestedActions()
    {
    }

    public SuggestedActions(IList<string> to = default, IList<CardAction> actions = default)
    {
        To = to;
        Actions = actions;
    }

    public SuggestedActions(IEnumerable<string> to, IEnumerable<CardAction> actions)
        : this([.. to], (IList<CardAction>)[.. actions])
    {
    }

    [JsonProperty("to")]
    public IList<string> To { get; set; }

    [JsonProperty("actions")]
    public IList<CardAction> Actions { get; set; }
}
