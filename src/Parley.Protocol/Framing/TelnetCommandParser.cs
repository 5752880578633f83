using System.Buffers;

namespace Parley.Protocol.Framing;

// RFC 854, RFC 855, RFC 1184 (EOF, SUSP, ABORT); after the IAC:
//
// command         = literal / negotiation / subnegotiation / function
// literal         = IAC                                   ; one data byte 255
// negotiation     = (WILL / WONT / DO / DONT) option
// subnegotiation  = SB *(OCTET / IAC OCTET) IAC SE        ; may contain LF
// function        = %d236-249                             ; NOP, IP, AYT, ...
//
// A byte below 236 makes no command: that IAC was not telnet but text, in which it is not UTF-8, so that its sender is told.

/// <summary>Reads one telnet command, of which the IAC has been seen, in as many pieces as it comes in.</summary>
internal struct TelnetCommandParser
{
    public const byte Iac = 255;

    /// <summary>
    /// Parley asks for no options, so no telnet has cause to send a subnegotiation at all. The bound is there for a client that
    /// is no telnet: without it two bytes of Latin-1 (ff fa) would swallow all that follows.
    /// </summary>
    private const int MaxSubnegotiationBytes = 512;

    private const byte FirstCommand = 236;
    private const byte SubnegotiationEnd = 240;
    private const byte SubnegotiationBegin = 250;

    private State _state;
    private short _subnegotiationBytes;

    private enum State : byte
    {
        Closed,
        Command,
        Option,
        Subnegotiation,
        SubnegotiationIac,
    }

    internal enum Result
    {
        /// <summary>The input ended within the command.</summary>
        Incomplete,

        /// <summary>A command without meaning here; it is gone.</summary>
        Removed,

        /// <summary>A command that asks to be let out.</summary>
        Interrupt,

        /// <summary>A data byte 255.</summary>
        Literal,

        /// <summary>A subnegotiation without end.</summary>
        TooLong,
    }

    /// <summary>True if a command has begun and not ended.</summary>
    public readonly bool IsOpen => _state != State.Closed;

    public void Open() => _state = State.Command;

    public void Close() => _state = State.Closed;

    public readonly byte[] Save() => [(byte)_state, (byte)_subnegotiationBytes, (byte)(_subnegotiationBytes >> 8)];

    public void Restore(ReadOnlySpan<byte> state)
    {
        if (state[0] > (byte)State.SubnegotiationIac)
        {
            throw new FormatException("Not the state of a telnet command");
        }

        (_state, _subnegotiationBytes) = ((State)state[0], (short)(state[1] | (state[2] << 8)));
    }

    public Result Read(ref ReadOnlySequence<byte> input)
    {
        var reader = new SequenceReader<byte>(input);
        var result = Result.Incomplete;
        while (result == Result.Incomplete && reader.TryPeek(out var next))
        {
            (_state, result) = Step(next, out var taken);
            reader.Advance(taken ? 1 : 0);
        }

        input = reader.UnreadSequence;
        return result;
    }

    private (State State, Result Result) Step(byte next, out bool taken)
    {
        taken = true;
        switch (_state)
        {
            case State.Command when next < FirstCommand:
                taken = false;
                return (State.Closed, Result.Literal);

            case State.Command when next == SubnegotiationBegin:
                _subnegotiationBytes = 0;
                return (State.Subnegotiation, Result.Incomplete);

            case State.Command:
                return next switch
                {
                    Iac => (State.Closed, Result.Literal),
                    > SubnegotiationBegin => (State.Option, Result.Incomplete),
                    _ => (State.Closed, IsInterrupt(next) ? Result.Interrupt : Result.Removed),
                };

            case State.SubnegotiationIac when next == SubnegotiationEnd:
            case State.Option:
                return (State.Closed, Result.Removed);

            default:
                if (++_subnegotiationBytes > MaxSubnegotiationBytes)
                {
                    return (State.Closed, Result.TooLong);
                }

                var escape = _state == State.Subnegotiation && next == Iac;
                return (escape ? State.SubnegotiationIac : State.Subnegotiation, Result.Incomplete);
        }
    }

    /// <summary>
    /// Returns true for a command that telnet sends for the keys that end a program: EOF (^D), ABORT and BRK (^\, the Break
    /// key), IP (^C). Not SUSP (^Z): a user who suspends a program means to come back to it.
    /// </summary>
    private static bool IsInterrupt(byte command) => command is 236 or 238 or 243 or 244;
}
