namespace Parley.Core.Events;

/// <summary>How a message is meant to be read. The numbers are what history keeps.</summary>
public enum MessageKind
{
    /// <summary>Something said: <c>Name: text</c>.</summary>
    Text = 0,

    /// <summary>Something done: <c>* Name waves</c>.</summary>
    Action = 1,

    /// <summary>Something said that no program may answer by itself.</summary>
    Notice = 2,

    /// <summary>Nothing said: only tags, for clients that understand them (a reaction, that somebody types).</summary>
    Tags = 3,

    /// <summary>What a client asks others' clients, not their users. It is not kept: the past asks nothing.</summary>
    Query = 4,

    /// <summary>What a client answers to that.</summary>
    Answer = 5,
}
