{{- /* The pod of a workload, as the restricted Pod Security Standard wants it. */ -}}
{{- define "xmtp.pod" -}}
{{- $name := .workload.name -}}
{{- $host := printf "%s.$(POD_NAMESPACE)" $name -}}
{{- $own := dict "HOST" "0.0.0.0" "XMTP_SHUTDOWN_TIMEOUT" "20000" -}}
{{- if .workload.agentsJson -}}
{{- $_ := set $own "XMTP_AGENTS_FILE" "/etc/xmtp-messaging/agents.json" -}}
{{- end -}}
{{- range $variable, $key := .workload.fileVariables -}}
{{- $_ := set $own $variable (printf "/run/secrets/%s" $key) -}}
{{- end -}}
serviceAccountName: {{ $name | quote }}
automountServiceAccountToken: false
# Else a Service called xmtp-api would set XMTP_API_PORT.
enableServiceLinks: false
terminationGracePeriodSeconds: 45
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  # Modes of the files of a home are checked; they must stay as the server made them.
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
containers:
  - name: server
    image: {{ .image | quote }}
    env:
      - name: POD_NAMESPACE
        valueFrom: { fieldRef: { fieldPath: metadata.namespace } }
      - name: XMTP_ALLOWED_HOSTS
        value: {{ printf "%s,%s,%s.svc,%s.svc.cluster.local" $name $host $host $host | quote }}
      {{- range $variable, $value := merge $own .workload.settings }}
      - name: {{ $variable | quote }}
        value: {{ include "xmtp.value" $value }}
      {{- end }}
      {{- range .workload.secretVariables }}
      - name: {{ . | quote }}
        valueFrom: { secretKeyRef: { name: {{ printf "%s-env" $name | quote }}, key: {{ . | quote }} } }
      {{- end }}
    envFrom:
      - secretRef: { name: {{ printf "%s-env" $name | quote }}, optional: true }
    ports:
      - { name: http, containerPort: {{ .workload.port | int }}, protocol: TCP }
    # It opens its port at once; readiness says whether messages come and go.
    startupProbe:
      httpGet: { path: /healthz, port: http }
      periodSeconds: 2
      failureThreshold: 60
    livenessProbe:
      httpGet: { path: /healthz, port: http }
      periodSeconds: 10
      timeoutSeconds: 5
      failureThreshold: 6
    readinessProbe:
      httpGet: { path: /readyz, port: http }
      periodSeconds: 5
      timeoutSeconds: 5
    resources:
      requests: { cpu: 50m, memory: {{ printf "%dMi" (.workload.memory.request | int) }} }
      limits: { memory: {{ printf "%dMi" (.workload.memory.limit | int) }} }
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities: { drop: [ALL] }
    volumeMounts:
      - { name: data, mountPath: /data }
      - { name: vault, mountPath: /data/.ows/wallets, readOnly: true }
      - { name: secrets, mountPath: /run/secrets, readOnly: true }
      - { name: tmp, mountPath: /tmp }
      {{- if .workload.agentsJson }}
      - { name: agents, mountPath: /etc/xmtp-messaging, readOnly: true }
      {{- end }}
volumes:
  # A mailbox that is registered starts without.
  - name: vault
    secret: { secretName: {{ printf "%s-vault" $name | quote }}, defaultMode: 0440, optional: true }
  - name: secrets
    secret: { secretName: {{ $name | quote }}, defaultMode: 0440 }
  - name: tmp
    emptyDir: { sizeLimit: 64Mi }
  {{- if .workload.agentsJson }}
  - name: agents
    configMap: { name: {{ $name | quote }}, defaultMode: 0444 }
  {{- end }}
{{- end -}}
