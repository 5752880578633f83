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

        var rate = _rates.GetOrAdd(token.Id, static (_, its) => new(its.options.CommandBurst, its.options.CommandRate, its.time), (options, time));
        TimeSpan wait;
        lock (rate)
        {
            wait = rate.TryTake(lines);
        }

        if (wait > TimeSpan.Zero)
        {
            throw new ProblemException(new(StatusCodes.Status429TooManyRequests, $"At most {Counted.Of(options.CommandRate, "line")} a second, try again later")
            {
                RetryAfter = wait,
            });
        }
    }
}
