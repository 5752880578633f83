using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Core.Text;
using Parley.Server.Connections;
using Parley.Server.Moderation;
using Parley.Server.Options;

namespace Parley.Server.Http;

/// <summary>
/// Lets HTTP connections in before their first byte is read: so many from one address, and so many in all. For one more than that
/// the connection that has been idle longest makes way, so whoever only holds connections open keeps nobody out. Where all are
/// busy, one more is told so; the server's health is told all the same.
/// </summary>
internal sealed class HttpGate(ParleyOptions options, ConnectionGate gate, TimeProvider time, ILogger<HttpGate> logger, ServerBans? bans = null)
{
    /// <summary>Connections at a time that are let in to be told why they may not come in, or how the server is; descriptors in reserve MUST suffice for them.</summary>
    public const int MaxRefusals = 8;

    /// <summary>Time a connection over the limit has to send its request, and one that makes way has to be gone.</summary>
    public static readonly TimeSpan MaxRefusal = TimeSpan.FromSeconds(2);

    private readonly int _maxConnections = options.MaxHttpConnections > 0
        ? Math.Min(options.MaxHttpConnections, DescriptorLimit.HttpConnections()) : DescriptorLimit.HttpConnections();

    // Taken with no other.
    private readonly Lock _gate = new();

    /// <summary>Those without a request, longest first.</summary>
    private readonly LinkedList<HttpPlace> _idle = new();
    private readonly Dictionary<IPAddress, int> _open = [];
    private readonly Dictionary<IPAddress, int> _openOfSites = [];
    private int _connections;
    private int _refusals;

    /// <summary>Sees a connection through, or ends it.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var remote = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        var isCounted = !gate.IsExempt(remote) && !options.HttpProxyFrom.Contains(remote!);
        var place = new HttpPlace(this, connection, isCounted ? remote : null);
        if (!options.HttpProxyFrom.Contains(remote ?? IPAddress.None) && ServerBans.Words(bans?.Find(remote)) is { } banned)
        {
            (place.Refusal, place.IsBanned) = (banned, true);
        }

        var idle = place.IsBanned ? null : Enter(place);
        try
        {
            if (idle is not null)
            {
                idle.Connection.Abort();

                // Until its descriptor is free this one counts as arriving, of which there are not many at a time.
                await idle.Gone.WaitAsync(MaxRefusal, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            connection.Features.Set(place);
            await (place.Refusal.Length == 0 ? next(connection) : RefuseAsync(place, next));
        }
        finally
        {
            Leave(place);
            place.HasGone();
        }
    }

    /// <summary>Ends connections that wait for a request, or have not sent all of one.</summary>
    public void AbortIdle()
    {
        HttpPlace[] idle;
        lock (_gate)
        {
            idle = [.. _idle];
        }

        foreach (var place in idle)
        {
            place.Connection.Abort();
        }
    }

    /// <summary>Answers in place of all else whoever was let in only for that.</summary>
    public static Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        var place = http.Features.Get<HttpPlace>();
        if (place is null)
        {
            return next(http);
        }

        if (place.Refusal.Length == 0)
        {
            return AnswerAsync(http, place, next);
        }

        if (place.IsBanned && http.WebSockets.IsWebSocketRequest)
        {
            // Its client is shown nothing of an answer: it is told on the protocol that it would speak.
            return next(http);
        }

        http.Response.Headers.Connection = "close";
        if (place.IsBanned && !http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            return new Problem(StatusCodes.Status403Forbidden, place.Refusal).WriteAsync(http);
        }

        return http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            ? next(http)
            : new Problem(StatusCodes.Status503ServiceUnavailable, place.Refusal) { RetryAfter = TimeSpan.FromSeconds(5) }.WriteAsync(http);
    }

    public void Begin(HttpPlace place)
    {
        lock (_gate)
        {
            place.Requests++;
            Unlist(place);
        }
    }

    public void End(HttpPlace place)
    {
        lock (_gate)
        {
            place.Requests--;
            if (place.Requests == 0 && place.IsCounted)
            {
                place.IdleNode = _idle.AddLast(place);
            }
        }
    }

    public void Leave(HttpPlace place)
    {
        lock (_gate)
        {
            Remove(place);
        }
    }

    private static async Task AnswerAsync(HttpContext http, HttpPlace place, RequestDelegate next)
    {
        place.Begin();
        try
        {
            await next(http);
        }
        finally
        {
            place.End();
        }
    }

    /// <summary>Gives a connection its place, or says in it why there is none. The one that is returned makes way for it.</summary>
    private HttpPlace? Enter(HttpPlace place)
    {
        lock (_gate)
        {
            HttpPlace? idle = null;
            if (place.Address is { } address && _open.GetValueOrDefault(address) >= options.MaxHttpConnectionsPerAddress)
            {
                idle = _idle.FirstOrDefault(other => address.Equals(other.Address));
                place.Refusal = idle is not null ? ""
                    : $"Too many HTTP connections from your address (at most {options.MaxHttpConnectionsPerAddress}), close one first";
            }
            else if (place.Site is { } site && _openOfSites.GetValueOrDefault(site) >= options.OfSite(options.MaxHttpConnectionsPerAddress))
            {
                idle = _idle.FirstOrDefault(other => site.Equals(other.Site));
                place.Refusal = idle is not null ? ""
                    : $"Too many HTTP connections from your network (at most {options.OfSite(options.MaxHttpConnectionsPerAddress)}), close one first";
            }
            else if (_connections >= _maxConnections)
            {
                idle = _idle.First?.Value;
                place.Refusal = idle is not null ? "" : $"The server is full ({Counted.Of(_maxConnections, "HTTP connection")}), try again later";
            }

            if (place.Refusal.Length == 0)
            {
                if (idle is not null)
                {
                    Remove(idle);
                }

                Add(place);
            }

            return idle;
        }
    }

    private async Task RefuseAsync(HttpPlace place, ConnectionDelegate next)
    {
        Log.Refused(logger, place.Connection.RemoteEndPoint, place.Refusal);
        if (Interlocked.Increment(ref _refusals) <= MaxRefusals)
        {
            using var limit = time.CreateTimer(static connection => ((ConnectionContext)connection!).Abort(), place.Connection, MaxRefusal, Timeout.InfiniteTimeSpan);
            await next(place.Connection);
        }

        Interlocked.Decrement(ref _refusals);
    }

    private void Add(HttpPlace place)
    {
        _connections++;
        place.IsCounted = true;
        place.IdleNode = _idle.AddLast(place);
        Count(_open, place.Address, 1);
        Count(_openOfSites, place.Site, 1);
    }

    private void Remove(HttpPlace place)
    {
        if (!place.IsCounted)
        {
            return;
        }

        place.IsCounted = false;
        Unlist(place);
        _connections--;
        Count(_open, place.Address, -1);
        Count(_openOfSites, place.Site, -1);
    }

    private static void Count(Dictionary<IPAddress, int> open, IPAddress? key, int change)
    {
        if (key is not null && (open[key] = open.GetValueOrDefault(key) + change) == 0)
        {
            open.Remove(key);
        }
    }

    private void Unlist(HttpPlace place)
    {
        if (place.IdleNode is { } node)
        {
            _idle.Remove(node);
            place.IdleNode = null;
        }
    }
}
