using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Builder;

/// <summary>Sees an activity before it replaces the one that was sent.</summary>
public delegate Task<ResourceResponse> UpdateActivityHandler(ITurnContext turnContext, Activity activity, Func<Task<ResourceResponse>> next);
