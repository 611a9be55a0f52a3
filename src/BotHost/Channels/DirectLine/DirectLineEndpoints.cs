using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Channels.DirectLine.Description;
using OnnxChat.BotHost.Page;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>The routes of Direct Line 3.0, as its clients call them.</summary>
internal static class DirectLineEndpoints
{
    public const string Prefix = "/v3/directline";

    public static void MapDirectLine(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<IOptions<DirectLineOptions>>().Value.Enabled)
            return;

        var all = routes.MapGroup(Prefix).RequireCors(PageOrigins.Policy).AddEndpointFilter<DirectLineInboxFilter>();
        all.MapPost("/tokens/generate", TokenEndpoints.GenerateAsync).AddEndpointFilter<DirectLineStartLimit>().DescribeGenerate();
        all.MapGet("/conversations/{conversationId}/stream", StreamEndpoint.OpenAsync);

        var closed = all.MapGroup("").AddEndpointFilter<DirectLineTokenFilter>();
        closed.MapPost("/tokens/refresh", TokenEndpoints.Refresh).DescribeRefresh();
        closed.MapGet("/session/getsessionid", TokenEndpoints.Session);
        closed.MapPost("/conversations", ConversationEndpoints.StartAsync).AddEndpointFilter<DirectLineStartLimit>().DescribeStart();
        closed.MapGet("/conversations/{conversationId}", ConversationEndpoints.ResumeAsync).DescribeResume();
        closed.MapGet("/conversations/{conversationId}/activities", ActivityEndpoints.ReadAsync).DescribeRead();
        closed.MapPost("/conversations/{conversationId}/activities", ActivityEndpoints.PostAsync).DescribePost();
        closed.MapPost("/conversations/{conversationId}/upload", ActivityEndpoints.RefuseUpload);
    }
}
