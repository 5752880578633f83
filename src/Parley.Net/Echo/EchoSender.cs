using System.Net;
using System.Net.Sockets;
using Parley.Net.Pipelines;
using Parley.Net.Tcp;

namespace Parley.Net.Echo;

/// <summary>Puts load on an echo server, and checks that what comes back is what was sent.</summary>
public sealed class EchoSender(EchoLoad load, TimeProvider? time = null)
{
    // So many connections are asked for at a time: a server's queue of those it has not accepted yet is not endless.
    private const int ConnectsAtATime = 64;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Result of the load so far.</summary>
    public EchoReport Report { get; } = new();

    /// <summary>Connects all clients, then sends all lines; a client that fails ends alone. Returns the full report.</summary>
    public async Task<EchoReport> SendAsync(IPEndPoint server, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        int affordable = Math.Min(load.Clients, DescriptorBudget.Sockets());
        Report.AddFailure("no descriptor left for it: raise the limit (ulimit -n)", load.Clients - affordable);
        List<EchoClient> clients = [];
        try
        {
            IAsyncEnumerable<Outcome<int, EchoClient>> connections = Enumerable.Range(0, affordable)
                .WithParallelism(ConnectsAtATime)
                .Select((number, token) => EchoClient.ConnectAsync(number, server, load, _time, token));
            await foreach (Outcome<int, EchoClient> connection in connections.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (connection.IsSuccess)
                {
                    clients.Add(connection.Value);
                    Report.AddConnected();
                }
                else
                {
                    Report.AddFailure(Describe(connection.Error));
                }
            }

            await Task.WhenAll(clients.Select(client => RunAsync(client, cancellationToken))).ConfigureAwait(false);
            return Report;
        }
        finally
        {
            foreach (EchoClient client in clients)
            {
                client.Dispose();
            }
        }
    }

    private async Task RunAsync(EchoClient client, CancellationToken cancellationToken)
    {
        try
        {
            for (int line = 0; line < load.LinesPerClient; line++)
            {
                await client.SendOneAsync(line, Report, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException)
        {
            Report.AddFailure(Describe(e));
        }
        finally
        {
            client.Dispose();
        }
    }

    private static string Describe(Exception e) => e switch
    {
        { InnerException: SocketException inner } => inner.Message,
        _ => e.Message,
    };
}
