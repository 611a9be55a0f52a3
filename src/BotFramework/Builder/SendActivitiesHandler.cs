using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder;

/// <summary>Sees activities before they are sent, and may change them or send none.</summary>
public delegate Task<ResourceResponse[]> SendActivitiesHandler(ITurnContext turnContext, List<Activity> activities, Func<Task<ResourceResponse[]>> next);
