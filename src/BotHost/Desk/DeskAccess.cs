using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Security;

namespace OnnxChat.BotHost.Desk;

/// <summary>
/// Who may use the desk, and what else is for the company's own people: who knows its key, and where there is none, whoever sits at this machine. Pages of other sites may not,
/// though the browser would send the key along.
/// </summary>
internal sealed class DeskAccess(IOptions<DeskOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) && LocalCaller.IsFromAnotherSite(http.Request))
            return DeskError.Result(StatusCodes.Status403Forbidden, "The request comes from a page of another site.");

        if (options.Value.AccessKey is { Length: > 0 } key)
        {
            if (HasKey(http.Request, key))
                return await next(context);

            http.Response.Headers.WWWAuthenticate = "Basic realm=\"OnnxChat desk\", charset=\"UTF-8\"";
            return DeskError.Result(StatusCodes.Status401Unauthorized, $"This needs the password of {DeskOptions.Section}:{nameof(DeskOptions.AccessKey)}; any user name will do.");
        }

        return LocalCaller.Is(http)
            ? await next(context)
            : DeskError.Result(StatusCodes.Status403Forbidden, $"Without {DeskOptions.Section}:{nameof(DeskOptions.AccessKey)} this is served to this machine only, at http://localhost.");
    }

    private static bool HasKey(HttpRequest request, string key)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase)
            || header.Parameter is not { Length: > 0 and < 2_048 } parameter)
        {
            return false;
        }

        var decoded = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, decoded, out var length))
            return false;

        var credentials = decoded.AsSpan(0, length);
        var colon = credentials.IndexOf((byte)':');
        // Hashes, so that the time says nothing of the key's length either.
        return colon >= 0 && CryptographicOperations.FixedTimeEquals(SHA256.HashData(credentials[(colon + 1)..]), SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }
}
