using System.Net;
using System.Net.Sockets;
using OnnxChat.ModelTools.Doctor;
using OnnxChat.ModelTools.Doctor.Checks;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Doctor;

public class CheckTests
{
    private const string AppId = "8a1c3f04-55c6-4c6e-9f6f-0d0f3f6a1b2c";
    private const string Secret = "never to be said";

    private static readonly string Starter = Path.Combine(Repository.Root, "models", "starter");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", nameof(CheckStatus.Ok), "on this machine only")]
    [InlineData("MicrosoftAppPassword=" + Secret, nameof(CheckStatus.Fail), "MicrosoftAppId is not")]
    [InlineData("MicrosoftAppId=bot", nameof(CheckStatus.Fail), "no GUID")]
    [InlineData("MicrosoftAppId=" + AppId, nameof(CheckStatus.Fail), "MultiTenant needs MicrosoftAppPassword")]
    [InlineData("MicrosoftAppId=" + AppId + ";MicrosoftAppPassword=" + Secret, nameof(CheckStatus.Ok), "MultiTenant, complete")]
    [InlineData("MicrosoftAppId=" + AppId + ";MicrosoftAppPassword=" + Secret + ";MicrosoftAppType=SingleTenant", nameof(CheckStatus.Fail), "MicrosoftAppTenantId")]
    [InlineData("MicrosoftAppId=" + AppId + ";MicrosoftAppTenantId=x;MicrosoftAppType=UserAssignedMSI", nameof(CheckStatus.Ok), "UserAssignedMSI, complete")]
    [InlineData("MicrosoftAppId=" + AppId + ";MicrosoftAppType=Other", nameof(CheckStatus.Fail), "'Other'")]
    public async Task Credentials_Environment_IsJudgedByItsShapeAndNeverSaid(string environment, string status, string found)
    {
        var variables = environment.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);

        var result = await new CredentialsCheck(variables.GetValueOrDefault).RunAsync(Cancel);

        Assert.Equal(status, result.Status.ToString());
        Assert.Contains(found, result.Found, StringComparison.Ordinal);
        Assert.Equal(status == nameof(CheckStatus.Ok), result.Remedy is null);
        Assert.DoesNotContain(Secret, result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_InUse_Warns()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var result = await new PortCheck(((IPEndPoint)listener.LocalEndpoint).Port).RunAsync(Cancel);

        Assert.Equal(CheckStatus.Warn, result.Status);
        Assert.Contains("--urls", result.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100L << 30, nameof(CheckStatus.Ok))]
    [InlineData(240L << 20, nameof(CheckStatus.Warn))]
    [InlineData(150L << 20, nameof(CheckStatus.Fail))]
    public async Task Memory_AgainstModelAndFullCache_IsOkShortOrTooLittle(long free, string status) =>
        Assert.Equal(status, (await new MemoryCheck(Starter, free).RunAsync(Cancel)).Status.ToString());

    [Theory]
    [InlineData(1, nameof(CheckStatus.Warn))]
    [InlineData(2, nameof(CheckStatus.Ok))]
    public async Task Processors_OnlyOne_Warns(int processors, string status) =>
        Assert.Equal(status, (await new ProcessorCheck(processors).RunAsync(Cancel)).Status.ToString());
}
