using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;

namespace OnnxChat.BotFramework.Tests.Builder;

/// <summary>A channel adapter of one's own: it keeps what the bot sends.</summary>
internal sealed class QueueAdapter : BotAdapter
{
    public List<Activity> Sent { get; } = [];

    public List<Activity> Updated { get; } = [];

    public List<string> Deleted { get; } = [];

    public async Task<TurnContext> RunAsync(Activity activity, BotCallbackHandler callback)
    {
        var context = new TurnContext(this, activity);
        await RunPipelineAsync(context, callback, TestContext.Current.CancellationToken);
        return context;
    }

    public override Task<ResourceResponse[]> SendActivitiesAsync(ITurnContext turnContext, Activity[] activities, CancellationToken cancellationToken)
    {
        Sent.AddRange(activities);
        return Task.FromResult(activities.Select((_, index) => new ResourceResponse($"s{index}")).ToArray());
    }

    public override Task<ResourceResponse> UpdateActivityAsync(ITurnContext turnContext, Activity activity, CancellationToken cancellationToken)
    {
        Updated.Add(activity);
        return Task.FromResult(new ResourceResponse(activity.Id));
    }

    public override Task DeleteActivityAsync(ITurnContext turnContext, ConversationReference reference, CancellationToken cancellationToken)
    {
        Deleted.Add(reference.ActivityId);
        return Task.CompletedTask;
    }
}
