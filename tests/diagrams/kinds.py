"""A diagram of every kind that Mermaid knows."""

KINDS = {
    "flowchart": """\
flowchart LR
  start([Start]) -->|yes| work{{"Work & rest"}}
  start -. no .-> stop[(Stop)]
  subgraph group [A group]
    direction TB
    work ==> done{Done?}
  end
  done --o stop
  classDef hot stroke-width:3px
  class done hot""",
    "gantt": """\
gantt
  title A plan
  dateFormat YYYY-MM-DD
  section Build
    Compile :crit, a, 2024-01-01, 3d
    Test :active, b, after a, 2d
  section Ship
    Upload :done, c, after b, 1d
    Shipped :milestone, d, after c, 0d""",
    "class": """\
classDiagram
  class Animal {
    <<abstract>>
    +String name
    -int age
    +move(distance) bool*
  }
  Animal <|-- Duck : is a
  Animal "1" *-- "many" Leg
  Duck ..> Pond
  Duck --o Flock
  note for Duck "quacks" """,
    "sequence": """\
sequenceDiagram
  autonumber
  actor Ann
  participant Server
  Ann->>+Server: GET /
  Note over Ann,Server: over TLS
  loop each part
    Server-->>-Ann: 200 OK
  end
  alt found
    Ann-xServer: bye
  else lost
    Ann-)Server: again
  end""",
    "state": """\
stateDiagram-v2
  [*] --> Idle
  Idle --> Busy : work
  state Busy {
    [*] --> Reading
    Reading --> Writing
  }
  note right of Idle : waits
  Busy --> [*]""",
    "er": """\
erDiagram
  CUSTOMER ||--o{ ORDER : places
  ORDER {
    int id PK
    string note
  }
  ORDER ||--|{ LINE : contains""",
    "pie": """\
pie showData
  title Pets
  "Dogs" : 386
  "Cats" : 85
  "Rats" : 15""",
    "journey": """\
journey
  title My day
  section Work
    Make tea: 5: Me
    Do work: 1: Me, Cat
  section Home
    Sit down: 3: Me""",
    "git": """\
gitGraph
  commit id: "one"
  branch develop
  checkout develop
  commit id: "two" tag: "v1"
  checkout main
  merge develop
  commit type: HIGHLIGHT""",
    "mindmap": """\
mindmap
  root((Root))
    Origins
      Long history
    Research
      On use
    ::icon(fa fa-book)
    Tools""",
    "timeline": """\
timeline
  title History
  section Early
    2002 : LinkedIn
    2004 : Facebook : Google
  section Late
    2006 : Twitter""",
    "quadrant": """\
quadrantChart
  title Reach
  x-axis Low --> High
  y-axis Few --> Many
  quadrant-1 Expand
  A: [0.3, 0.6]
  B: [0.7, 0.2]""",
    "xychart": """\
xychart-beta
  title "Sales"
  x-axis [jan, feb, mar]
  y-axis "Money" 0 --> 100
  bar [10, 50, 80]
  line [20, 40, 90]""",
    "sankey": """\
sankey-beta
Wind,Grid,10
Sun,Grid,20
Grid,Homes,30""",
    "requirement": """\
requirementDiagram
  requirement need {
    id: 1
    text: it works
    risk: high
    verifymethod: test
  }
  element tool {
    type: program
  }
  tool - satisfies -> need""",
    "c4": """\
C4Context
  title System
  Person(user, "User", "A person")
  System(app, "App", "Does it")
  Rel(user, app, "Uses", "HTTPS")""",
    "block": """\
block-beta
  columns 2
  a["One"] b["Two"]
  c["Three"]:2
  a --> c""",
    "packet": """\
packet-beta
  0-15: "Source port"
  16-31: "Destination port" """,
    "kanban": """\
kanban
  todo[Todo]
    t1[Write]
  done[Done]
    t2[Read]""",
    "architecture": """\
architecture-beta
  group api(cloud)[API]
  service db(database)[Database] in api
  service server(server)[Server] in api
  db:L -- R:server""",
    "radar": """\
radar-beta
  axis a["A"], b["B"], c["C"]
  curve x["X"]{1, 2, 3}""",
    "treemap": """\
treemap-beta
"Root"
    "One": 10
    "Two": 20""",
}
