namespace Parley.Protocol.Irc;

/// <summary>The numeric replies, by the names of https://modern.ircdocs.horse/#numerics and of the IRCv3 specifications.</summary>
public enum IrcNumeric : short
{
    /// <summary>The first message to a client that has registered.</summary>
    RPL_WELCOME = 1,
    /// <summary>Which server this is.</summary>
    RPL_YOURHOST = 2,
    /// <summary>Since when the server is up.</summary>
    RPL_CREATED = 3,
    /// <summary>The server, its version and its mode letters.</summary>
    RPL_MYINFO = 4,
    /// <summary>Features that the server supports, as tokens.</summary>
    RPL_ISUPPORT = 5,
    /// <summary>Which other server to use.</summary>
    RPL_BOUNCE = 10,
    /// <summary>A line of the map of servers.</summary>
    RPL_MAP = 15,
    /// <summary>The end of the map of servers.</summary>
    RPL_MAPEND = 17,
    /// <summary>Number of times that a command was used.</summary>
    RPL_STATSCOMMANDS = 212,
    /// <summary>The end of statistics.</summary>
    RPL_ENDOFSTATS = 219,
    /// <summary>The client's own modes.</summary>
    RPL_UMODEIS = 221,
    /// <summary>Time that the server has been up.</summary>
    RPL_STATSUPTIME = 242,
    /// <summary>Users who may become operators.</summary>
    RPL_STATSOLINE = 243,
    /// <summary>The highest number of connections there were.</summary>
    RPL_STATSCONN = 250,
    /// <summary>Number of users.</summary>
    RPL_LUSERCLIENT = 251,
    /// <summary>Number of operators.</summary>
    RPL_LUSEROP = 252,
    /// <summary>Number of connections that have not registered.</summary>
    RPL_LUSERUNKNOWN = 253,
    /// <summary>Number of channels.</summary>
    RPL_LUSERCHANNELS = 254,
    /// <summary>Number of clients that this server has.</summary>
    RPL_LUSERME = 255,
    /// <summary>The beginning of who runs the server.</summary>
    RPL_ADMINME = 256,
    /// <summary>Where the server is.</summary>
    RPL_ADMINLOC1 = 257,
    /// <summary>The people who run the server.</summary>
    RPL_ADMINLOC2 = 258,
    /// <summary>Address at which to reach those who run the server.</summary>
    RPL_ADMINEMAIL = 259,
    /// <summary>The end of a trace.</summary>
    RPL_TRACEEND = 262,
    /// <summary>The command was dropped: try again later.</summary>
    RPL_TRYAGAIN = 263,
    /// <summary>Current and highest number of clients on this server.</summary>
    RPL_LOCALUSERS = 265,
    /// <summary>Current and highest number of clients on the network.</summary>
    RPL_GLOBALUSERS = 266,
    /// <summary>The fingerprint of a user's certificate.</summary>
    RPL_WHOISCERTFP = 276,
    /// <summary>Nothing.</summary>
    RPL_NONE = 300,
    /// <summary>A user is away, and why.</summary>
    RPL_AWAY = 301,
    /// <summary>The hosts of users who were asked for.</summary>
    RPL_USERHOST = 302,
    /// <summary>Those of the nicks asked for that are online.</summary>
    RPL_ISON = 303,
    /// <summary>The client is no longer away.</summary>
    RPL_UNAWAY = 305,
    /// <summary>The client is away now.</summary>
    RPL_NOWAWAY = 306,
    /// <summary>A user is logged in to the account of that nick.</summary>
    RPL_WHOISREGNICK = 307,
    /// <summary>A user's name, host and real name.</summary>
    RPL_WHOISUSER = 311,
    /// <summary>The server a user is on.</summary>
    RPL_WHOISSERVER = 312,
    /// <summary>A user is an operator.</summary>
    RPL_WHOISOPERATOR = 313,
    /// <summary>The name, host and real name of a user who was here.</summary>
    RPL_WHOWASUSER = 314,
    /// <summary>The end of WHO.</summary>
    RPL_ENDOFWHO = 315,
    /// <summary>Time that a user has been idle, and the time of their arrival.</summary>
    RPL_WHOISIDLE = 317,
    /// <summary>The end of WHOIS.</summary>
    RPL_ENDOFWHOIS = 318,
    /// <summary>The channels a user is in.</summary>
    RPL_WHOISCHANNELS = 319,
    /// <summary>Something else about a user.</summary>
    RPL_WHOISSPECIAL = 320,
    /// <summary>The beginning of the channels.</summary>
    RPL_LISTSTART = 321,
    /// <summary>A channel, its number of members and its topic.</summary>
    RPL_LIST = 322,
    /// <summary>The end of the channels.</summary>
    RPL_LISTEND = 323,
    /// <summary>The modes of a channel.</summary>
    RPL_CHANNELMODEIS = 324,
    /// <summary>The page of a channel.</summary>
    RPL_CHANNEL_URL = 328,
    /// <summary>When a channel was created.</summary>
    RPL_CREATIONTIME = 329,
    /// <summary>The account a user is logged in to.</summary>
    RPL_WHOISACCOUNT = 330,
    /// <summary>A channel has no topic.</summary>
    RPL_NOTOPIC = 331,
    /// <summary>The topic of a channel.</summary>
    RPL_TOPIC = 332,
    /// <summary>The user who set the topic, and the time.</summary>
    RPL_TOPICWHOTIME = 333,
    /// <summary>A user is a bot.</summary>
    RPL_WHOISBOT = 335,
    /// <summary>A channel the client is invited to.</summary>
    RPL_INVITELIST = 336,
    /// <summary>The end of the channels the client is invited to.</summary>
    RPL_ENDOFINVITELIST = 337,
    /// <summary>The address behind a user's host.</summary>
    RPL_WHOISACTUALLY = 338,
    /// <summary>A user was invited to a channel.</summary>
    RPL_INVITING = 341,
    /// <summary>A mask that needs no invitation to a channel.</summary>
    RPL_INVEXLIST = 346,
    /// <summary>The end of the masks that need no invitation.</summary>
    RPL_ENDOFINVEXLIST = 347,
    /// <summary>A mask that a channel's bans do not apply to.</summary>
    RPL_EXCEPTLIST = 348,
    /// <summary>The end of the masks that bans do not apply to.</summary>
    RPL_ENDOFEXCEPTLIST = 349,
    /// <summary>The server's version.</summary>
    RPL_VERSION = 351,
    /// <summary>A user, in answer to WHO.</summary>
    RPL_WHOREPLY = 352,
    /// <summary>Members of a channel.</summary>
    RPL_NAMREPLY = 353,
    /// <summary>A user, in answer to WHO with fields.</summary>
    RPL_WHOSPCRPL = 354,
    /// <summary>A server of the network.</summary>
    RPL_LINKS = 364,
    /// <summary>The end of the servers.</summary>
    RPL_ENDOFLINKS = 365,
    /// <summary>The end of a channel's members.</summary>
    RPL_ENDOFNAMES = 366,
    /// <summary>A mask that is banned from a channel.</summary>
    RPL_BANLIST = 367,
    /// <summary>The end of the masks that are banned.</summary>
    RPL_ENDOFBANLIST = 368,
    /// <summary>The end of WHOWAS.</summary>
    RPL_ENDOFWHOWAS = 369,
    /// <summary>A line about the server.</summary>
    RPL_INFO = 371,
    /// <summary>A line of the message of the day.</summary>
    RPL_MOTD = 372,
    /// <summary>The end of the lines about the server.</summary>
    RPL_ENDOFINFO = 374,
    /// <summary>The beginning of the message of the day.</summary>
    RPL_MOTDSTART = 375,
    /// <summary>The end of the message of the day.</summary>
    RPL_ENDOFMOTD = 376,
    /// <summary>Where a user connects from.</summary>
    RPL_WHOISHOST = 378,
    /// <summary>The modes of a user.</summary>
    RPL_WHOISMODES = 379,
    /// <summary>The client is an operator now.</summary>
    RPL_YOUREOPER = 381,
    /// <summary>The settings are being read again.</summary>
    RPL_REHASHING = 382,
    /// <summary>The server's time.</summary>
    RPL_TIME = 391,
    /// <summary>The host that others see of the client.</summary>
    RPL_VISIBLEHOST = 396,
    /// <summary>A command failed for a reason that has no numeric.</summary>
    ERR_UNKNOWNERROR = 400,
    /// <summary>There is no such nick or channel.</summary>
    ERR_NOSUCHNICK = 401,
    /// <summary>There is no such server.</summary>
    ERR_NOSUCHSERVER = 402,
    /// <summary>There is no such channel.</summary>
    ERR_NOSUCHCHANNEL = 403,
    /// <summary>The client may not speak in the channel.</summary>
    ERR_CANNOTSENDTOCHAN = 404,
    /// <summary>The client is in as many channels as it may be.</summary>
    ERR_TOOMANYCHANNELS = 405,
    /// <summary>There was no such nick.</summary>
    ERR_WASNOSUCHNICK = 406,
    /// <summary>There are too many targets.</summary>
    ERR_TOOMANYTARGETS = 407,
    /// <summary>The token is missing.</summary>
    ERR_NOORIGIN = 409,
    /// <summary>There is no such sub-command of CAP.</summary>
    ERR_INVALIDCAPCMD = 410,
    /// <summary>The recipient is missing.</summary>
    ERR_NORECIPIENT = 411,
    /// <summary>The text is missing.</summary>
    ERR_NOTEXTTOSEND = 412,
    /// <summary>The mask has no top-level domain.</summary>
    ERR_NOTOPLEVEL = 413,
    /// <summary>The mask has a wildcard for its top-level domain.</summary>
    ERR_WILDTOPLEVEL = 414,
    /// <summary>The mask is no mask.</summary>
    ERR_BADMASK = 415,
    /// <summary>More was found than is shown.</summary>
    ERR_TOOMANYMATCHES = 416,
    /// <summary>The line, or its tags, are too long.</summary>
    ERR_INPUTTOOLONG = 417,
    /// <summary>There is no such command.</summary>
    ERR_UNKNOWNCOMMAND = 421,
    /// <summary>There is no message of the day.</summary>
    ERR_NOMOTD = 422,
    /// <summary>Nobody says who runs the server.</summary>
    ERR_NOADMININFO = 423,
    /// <summary>The nick is missing.</summary>
    ERR_NONICKNAMEGIVEN = 431,
    /// <summary>The nick is none that the server allows.</summary>
    ERR_ERRONEUSNICKNAME = 432,
    /// <summary>Somebody else has the nick.</summary>
    ERR_NICKNAMEINUSE = 433,
    /// <summary>The client is banned from a channel it is in, and keeps its nick.</summary>
    ERR_BANNICKCHANGE = 435,
    /// <summary>Two servers know the nick.</summary>
    ERR_NICKCOLLISION = 436,
    /// <summary>The nick or channel is not to be had at the moment.</summary>
    ERR_UNAVAILRESOURCE = 437,
    /// <summary>The nick was changed too often.</summary>
    ERR_NICKTOOFAST = 438,
    /// <summary>The user is not in the channel.</summary>
    ERR_USERNOTINCHANNEL = 441,
    /// <summary>The client is not in the channel.</summary>
    ERR_NOTONCHANNEL = 442,
    /// <summary>The user is in the channel already.</summary>
    ERR_USERONCHANNEL = 443,
    /// <summary>SUMMON is not done here.</summary>
    ERR_SUMMONDISABLED = 445,
    /// <summary>USERS is not done here.</summary>
    ERR_USERSDISABLED = 446,
    /// <summary>The nick cannot be changed.</summary>
    ERR_NONICKCHANGE = 447,
    /// <summary>The client must register first.</summary>
    ERR_NOTREGISTERED = 451,
    /// <summary>A parameter is missing.</summary>
    ERR_NEEDMOREPARAMS = 461,
    /// <summary>The client has registered already.</summary>
    ERR_ALREADYREGISTERED = 462,
    /// <summary>The password is wrong.</summary>
    ERR_PASSWDMISMATCH = 464,
    /// <summary>The client is banned from the server.</summary>
    ERR_YOUREBANNEDCREEP = 465,
    /// <summary>The channel has a key already.</summary>
    ERR_KEYSET = 467,
    /// <summary>The user name is none that the server allows.</summary>
    ERR_INVALIDUSERNAME = 468,
    /// <summary>The channel is full.</summary>
    ERR_CHANNELISFULL = 471,
    /// <summary>There is no such channel mode.</summary>
    ERR_UNKNOWNMODE = 472,
    /// <summary>The channel is for those who are invited.</summary>
    ERR_INVITEONLYCHAN = 473,
    /// <summary>The client is banned from the channel.</summary>
    ERR_BANNEDFROMCHAN = 474,
    /// <summary>The channel's key is missing or wrong.</summary>
    ERR_BADCHANNELKEY = 475,
    /// <summary>The channel's name is none that the server allows.</summary>
    ERR_BADCHANMASK = 476,
    /// <summary>The channel is for those who are logged in.</summary>
    ERR_NEEDREGGEDNICK = 477,
    /// <summary>The list of masks is full.</summary>
    ERR_BANLISTFULL = 478,
    /// <summary>The client is not an operator.</summary>
    ERR_NOPRIVILEGES = 481,
    /// <summary>The client is not an operator of the channel.</summary>
    ERR_CHANOPRIVSNEEDED = 482,
    /// <summary>A server cannot be killed.</summary>
    ERR_CANTKILLSERVER = 483,
    /// <summary>The channel is for those who connect by TLS.</summary>
    ERR_SECUREONLYCHAN = 489,
    /// <summary>Nobody may become an operator from there.</summary>
    ERR_NOOPERHOST = 491,
    /// <summary>An invitation is taken back (InspIRCd).</summary>
    ERR_INVITEREMOVED = 494,
    /// <summary>There is no such user mode.</summary>
    ERR_UMODEUNKNOWNFLAG = 501,
    /// <summary>The modes are somebody else's.</summary>
    ERR_USERSDONTMATCH = 502,
    /// <summary>The user has no invitation that could be taken back (InspIRCd).</summary>
    ERR_NOTINVITED = 505,
    /// <summary>There is no help on that.</summary>
    ERR_HELPNOTFOUND = 524,
    /// <summary>The key is none that a channel can have.</summary>
    ERR_INVALIDKEY = 525,
    /// <summary>The user does not take messages from the client.</summary>
    ERR_CANTSENDTOUSER = 531,
    /// <summary>TLS may begin.</summary>
    RPL_STARTTLS = 670,
    /// <summary>A user connects by TLS.</summary>
    RPL_WHOISSECURE = 671,
    /// <summary>TLS cannot begin.</summary>
    ERR_STARTTLS = 691,
    /// <summary>The argument of a mode is wrong.</summary>
    ERR_INVALIDMODEPARAM = 696,
    /// <summary>The beginning of help.</summary>
    RPL_HELPSTART = 704,
    /// <summary>A line of help.</summary>
    RPL_HELPTXT = 705,
    /// <summary>The end of help.</summary>
    RPL_ENDOFHELP = 706,
    /// <summary>Somebody asks to be let into a channel.</summary>
    RPL_KNOCK = 710,
    /// <summary>The client asked to be let in.</summary>
    RPL_KNOCKDLVR = 711,
    /// <summary>The client asked too often to be let in.</summary>
    ERR_TOOMANYKNOCK = 712,
    /// <summary>Everybody may enter the channel.</summary>
    ERR_CHANOPEN = 713,
    /// <summary>The client is in the channel already.</summary>
    ERR_KNOCKONCHAN = 714,
    /// <summary>The operator lacks a privilege.</summary>
    ERR_NOPRIVS = 723,
    /// <summary>Users who are watched and online.</summary>
    RPL_MONONLINE = 730,
    /// <summary>Users who are watched and offline.</summary>
    RPL_MONOFFLINE = 731,
    /// <summary>Users who are watched.</summary>
    RPL_MONLIST = 732,
    /// <summary>The end of the users who are watched.</summary>
    RPL_ENDOFMONLIST = 733,
    /// <summary>No more users can be watched.</summary>
    ERR_MONLISTFULL = 734,
    /// <summary>A key of a user's metadata, in answer to WHOIS.</summary>
    RPL_WHOISKEYVALUE = 760,
    /// <summary>A key of metadata, and its value if it has one.</summary>
    RPL_KEYVALUE = 761,
    /// <summary>There is no such key.</summary>
    ERR_NOMATCHINGKEY = 766,
    /// <summary>The key had no value.</summary>
    ERR_KEYNOTSET = 768,
    /// <summary>Keys that the client is told of from now on.</summary>
    RPL_METADATASUBOK = 770,
    /// <summary>Keys that the client is no longer told of.</summary>
    RPL_METADATAUNSUBOK = 771,
    /// <summary>Keys that the client is told of.</summary>
    RPL_METADATASUBS = 772,
    /// <summary>The metadata are to be asked for later.</summary>
    ERR_METADATASYNCLATER = 774,
    /// <summary>The client is logged in.</summary>
    RPL_LOGGEDIN = 900,
    /// <summary>The client is no longer logged in.</summary>
    RPL_LOGGEDOUT = 901,
    /// <summary>The account is locked.</summary>
    ERR_NICKLOCKED = 902,
    /// <summary>SASL succeeded.</summary>
    RPL_SASLSUCCESS = 903,
    /// <summary>SASL failed.</summary>
    ERR_SASLFAIL = 904,
    /// <summary>The text sent for SASL is too long.</summary>
    ERR_SASLTOOLONG = 905,
    /// <summary>The client broke SASL off.</summary>
    ERR_SASLABORTED = 906,
    /// <summary>The client is logged in already.</summary>
    ERR_SASLALREADY = 907,
    /// <summary>The mechanisms that SASL has.</summary>
    RPL_SASLMECHS = 908,
    /// <summary>The end of a channel's word filter, as InspIRCd has it.</summary>
    RPL_ENDOFSPAMFILTER = 940,
    /// <summary>An entry of a channel's word filter.</summary>
    RPL_SPAMFILTER = 941,
}
