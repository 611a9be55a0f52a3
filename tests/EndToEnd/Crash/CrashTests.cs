using System.Globalization;
using OnnxChat.EndToEnd.Redis;
using OnnxChat.Testing;

namespace OnnxChat.EndToEnd.Crash;

/// <summary>Hosts are killed at random while customers write. ONNXCHAT_TEST_KILLS says how often, ONNXCHAT_TEST_MESSAGES how many messages lie between two kills at most.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Seed = 11;

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("ONNXCHAT_TEST_KILLS") is { Length: > 0 } kills ? kills : "3", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Kill_WhileCustomersWrite_EachMessageIsAnsweredOnceAndInOrder()
    {
        using var data = new TemporaryFolder();
        await using var host = await MortalHost.StartAsync(TestContext.Current.CancellationToken, ["--OnnxChat:Turns:Folder", data["host"], .. MortalHost.ManyMessages]);

        await KillAsync([host]);
    }

    [Fact]
    public async Task Kill_OneOfThreeHostsOnRedis_EachMessageIsAnsweredOnceAndInOrder()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var redis = await RedisServer.StartAsync(cancelled, "--appendonly", "yes");
        await using var hosts = await MortalHosts.StartAsync(redis.Address, cancelled);

        await KillAsync(hosts.All);
    }

    private async Task KillAsync(IReadOnlyList<MortalHost> hosts)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var random = new Random(Seed);
        using var crowd = await CustomerCrowd.StartAsync(hosts, () => Task.CompletedTask, cancelled);
        for (var i = 0; i < Kills; i++)
        {
            await crowd.WorkAsync(cancelled);
            await hosts[random.Next(hosts.Count)].KillAndStartAsync(cancelled);
            output.WriteLine($"kill {i + 1}: {crowd.Accepted} messages accepted");
        }

        await crowd.EndAsync(cancelled);
        output.WriteLine($"{crowd.Accepted} messages over {Kills} kills of {hosts.Count} hosts: none lost, none answered twice, none out of order.");
    }
}
