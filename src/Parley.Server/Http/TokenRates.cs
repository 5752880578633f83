using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Parley.Core.Tokens;
using Parley.Server.Connections;
using Parley.Server.Options;

namespace Parley.Server.Http;

/// <summary>How much each token may say: the rate of a connection's lines. What is over it is refused, as HTTP has it, and not delayed.</summary>
internal sealed class TokenRates(ParleyOptions options, ConnectionGate gate, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, CommandRate> _rates = new();

    /// <exception cref="ProblemException">It is over the rate.</exception>
    public void Take(AccessToken token, IPAddress? address, int lines)
    {
        if (gate.IsExempt(address))
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
            throw new ProblemException(new(StatusCodes.Status429TooManyRequests, $"At most {options.CommandRate} lines a second, try again later")
            {
                RetryAfter = wait,
            });
        }
    }
}
