using System.Globalization;
using OnnxChat.Testing;

namespace OnnxChat.EndToEnd.Crash;

/// <summary>The host is killed at random while customers write. ONNXCHAT_TEST_KILLS says how often.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Customers = 8;
    private const int MostBetweenKills = 6;
    private const int Burst = 20;
    private const int Seed = 7;

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("ONNXCHAT_TEST_KILLS") is { Length: > 0 } kills ? kills : "3", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Kill_WhileCustomersWrite_EachMessageIsAnsweredOnceAndInOrder()
    {
        var cancelled = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        // The conversations keep everything, so that all replies can be counted at the end.
        await using var host = await MortalHost.StartAsync(
            cancelled,
            "--OnnxChat:Turns:Folder", data["host"],
            "--OnnxChat:DirectLine:MaxActivitiesPerConversation=100000", "--OnnxChat:DirectLine:MaxBytesPerConversation=67108864", "--OnnxChat:DirectLine:MaxPendingTurns=20",
            // A host that dies young takes an attempt along: after four the customer would get an apology instead.
            "--OnnxChat:Turns:MaxAttempts=20",
            "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        var random = new Random(Seed);
        var customers = Enumerable.Range(0, Customers).Select(_ => new PersistentCustomer(host)).ToArray();
        await Task.WhenAll(customers.Select(customer => customer.StartAsync(cancelled)));
        using var enough = new CancellationTokenSource();
        var writing = customers.Select(customer => WriteAsync(customer, enough.Token, cancelled)).ToArray();
        for (var i = 0; i < Kills; i++)
        {
            // In the middle of the work, and not while the host still starts.
            for (var messages = random.Next(1, MostBetweenKills); messages > 0; messages--)
                await (await Task.WhenAny([customers[random.Next(Customers)].NextAcceptedAsync(), .. writing])).WaitAsync(cancelled);
            await host.KillAndStartAsync(cancelled);
            output.WriteLine($"kill {i + 1}: {customers.Sum(customer => customer.Accepted.Count)} messages accepted");
        }

        await enough.CancelAsync();
        await Task.WhenAll(writing);
        foreach (var customer in customers)
        {
            await customer.ReadAsync(cancelled);
            Assert.Equal(customer.Accepted, customer.Answered);
            customer.Forget();
            await customer.ReadAsync(cancelled);
            Assert.Equal(customer.Accepted, customer.Answered);
            customer.Dispose();
        }

        output.WriteLine($"{customers.Sum(customer => customer.Accepted.Count)} messages of {Customers} customers over {Kills} kills: none lost, none answered twice, none out of order.");
        Assert.All(customers, customer => Assert.NotEmpty(customer.Accepted));
    }

    private static async Task WriteAsync(PersistentCustomer customer, CancellationToken enough, CancellationToken cancelled)
    {
        while (!enough.IsCancellationRequested)
        {
            await customer.SayAsync("How long does delivery take?", cancelled);
            // As many as nobody has to wait long for.
            if (customer.Accepted.Count % Burst == 0)
                await customer.ReadAsync(cancelled);
        }
    }
}
