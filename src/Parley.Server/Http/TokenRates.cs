using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Parley.Core.Text;
using Parley.Core.Tokens;
using Parley.Server.Connections;
using Parley.Server.Options;

namespace Parley.Server.Http;

/// <summary>Limits each token to the rate of a connection's lines. Lines over it are refused, as is usual in HTTP, and not delayed.</summary>
internal sealed class TokenRates(ParleyOptions options, LoopbackRule loopback, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, CommandRate> _rates = new();

    /// <exception cref="ProblemException">It is over the rate.</exception>
    public void Take(AccessToken token, HttpContext http, int lines)
    {
        if (loopback.IsExempt(http))
        {
            return;
        }

        // Both may have changed since its last request.
        var (burst, perSecond) = (options.CommandBurst, options.CommandRate);
        var rate = _rates.AddOrUpdate(
            token.Id,
            static (_, its) => new(its.burst, its.perSecond, its.time),
            static (_, rate, its) => rate.IsOf(its.burst, its.perSecond) ? rate : Renewed(rate, its.burst, its.perSecond, its.time),
            (burst, perSecond, time));
        TimeSpan wait;
        lock (rate)
        {
            wait = rate.TryTake(lines);
        }

        if (wait > TimeSpan.Zero)
        {
            throw new ProblemException(new(StatusCodes.Status429TooManyRequests, $"At most {Counted.Of(perSecond, "line")} a second, try again later")
            {
                RetryAfter = wait,
            });
        }
    }

    /// <summary>Whoever has spent its burst does not get another one by a reload.</summary>
    private static CommandRate Renewed(CommandRate before, int burst, int perSecond, TimeProvider time)
    {
        lock (before)
        {
            return new CommandRate(burst, perSecond, time) { Tokens = before.Tokens };
        }
    }
}
