using System.Globalization;

namespace OnnxChat.EndToEnd.Crash;

/// <summary>Customers who write without a pause while something breaks, and who are each owed one answer to every accepted message, in order.</summary>
internal sealed class CustomerCrowd : IDisposable
{
    private const int Size = 8;
    private const int Burst = 20;
    private const int Seed = 7;

    private static readonly int MostBetween = int.Parse(Environment.GetEnvironmentVariable("ONNXCHAT_TEST_MESSAGES") is { Length: > 0 } most ? most : "6", CultureInfo.InvariantCulture);

    private readonly PersistentCustomer[] _customers;
    private readonly CancellationTokenSource _enough = new();
    private readonly Random _random = new(Seed);
    private Task[] _writing = [];

    private CustomerCrowd(IReadOnlyList<MortalHost> hosts, Func<Task> ready) =>
        _customers = [.. Enumerable.Range(0, Size).Select(i => new PersistentCustomer(hosts, first: i, ready))];

    /// <summary>How many messages were accepted so far.</summary>
    public int Accepted => _customers.Sum(customer => customer.Accepted.Count);

    /// <param name="hosts">Each call goes to another of them.</param>
    /// <param name="ready">Completes while a call makes sense; those who were refused wait for it.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    public static async Task<CustomerCrowd> StartAsync(IReadOnlyList<MortalHost> hosts, Func<Task> ready, CancellationToken cancellationToken)
    {
        var crowd = new CustomerCrowd(hosts, ready);
        await Task.WhenAll(crowd._customers.Select(customer => customer.StartAsync(cancellationToken)));
        crowd._writing = [.. crowd._customers.Select(customer => WriteAsync(customer, crowd._enough.Token, cancellationToken))];
        return crowd;
    }

    /// <summary>Waits until some more messages were accepted, so that what breaks next breaks in the middle of the work.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        for (var messages = _random.Next(1, MostBetween); messages > 0; messages--)
            await OneOfAsync(customer => customer.NextAcceptedAsync(), cancellationToken);
    }

    /// <summary>Waits until a message is refused.</summary>
    public Task RefusedAsync(CancellationToken cancellationToken) => OneOfAsync(customer => customer.NextRefusedAsync(), cancellationToken);

    /// <summary>Has everybody stop writing, and checks that nothing was lost, doubled or out of order: for those who listened all the time, and for who comes back.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await _enough.CancelAsync();
        await Task.WhenAll(_writing);
        foreach (var customer in _customers)
        {
            await customer.ReadAsync(cancellationToken);
            Assert.Equal(customer.Accepted, customer.Answered);
            customer.Forget();
            await customer.ReadAsync(cancellationToken);
            Assert.Equal(customer.Accepted, customer.Answered);
        }

        Assert.All(_customers, customer => Assert.NotEmpty(customer.Accepted));
    }

    public void Dispose()
    {
        foreach (var customer in _customers)
            customer.Dispose();
        _enough.Dispose();
    }

    private async Task OneOfAsync(Func<PersistentCustomer, Task> signal, CancellationToken cancellationToken) =>
        // A customer whose writing has failed fails the test here.
        await (await Task.WhenAny([.. _customers.Select(signal), .. _writing])).WaitAsync(cancellationToken);

    private static async Task WriteAsync(PersistentCustomer customer, CancellationToken enough, CancellationToken cancellationToken)
    {
        while (!enough.IsCancellationRequested)
        {
            await customer.SayAsync("How long does delivery take?", cancellationToken);
            // As many as nobody has to wait long for.
            if (customer.Accepted.Count % Burst == 0)
                await customer.ReadAsync(cancellationToken);
        }
    }
}
