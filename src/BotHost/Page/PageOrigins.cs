using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Page;

/// <summary>Lets scripts of the allowed sites call Direct Line. Its tokens go in a header, so no cookie is ever let through.</summary>
internal sealed class PageOrigins(IOptions<PageOptions> page) : IConfigureOptions<CorsOptions>
{
    public const string Policy = "page-origins";

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    public void Configure(CorsOptions options) => options.AddPolicy(Policy, policy => policy
        .WithOrigins(page.Value.AllowedOrigins)
        .SetIsOriginAllowedToAllowWildcardSubdomains()
        .WithMethods(HttpMethods.Get, HttpMethods.Post)
        .AllowAnyHeader()
        .SetPreflightMaxAge(Remembered));
}
